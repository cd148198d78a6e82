import type { RouteLocationRaw } from 'vue-router'
import { routeNames } from '../../router-names.ts'
import { fuzzy } from './fuzzy.ts'

export type EntryGroup = 'Views' | 'Sessions' | 'Panels' | 'Settings' | 'Actions' | 'Search'

/** One thing that the palette leads to. */
export interface Entry {
  readonly id: string
  readonly group: EntryGroup
  readonly title: string
  /** Said beside the title, and found as well. */
  readonly note?: string
  readonly keys?: readonly string[]
  /** Words that the store has found it for, wherever they stand in it. */
  readonly foundFor?: string
  readonly run: () => void
}

export interface Found {
  readonly entry: Entry
  /** Letters of the title that match. */
  readonly at: ReadonlySet<number>
}

const order: readonly EntryGroup[] = ['Views', 'Sessions', 'Actions', 'Settings', 'Panels', 'Search']
const mostOfGroup = 12
/** What matches so much worse than the best is noise. */
const leastShare = 0.35
/**
 * What only the store has found comes after the last letter and stands behind what was there with it, for it would
 * take Enter from what is chosen; what searches elsewhere repeats what was typed, and stands last.
 */
const foundLater = -1

/** What matches, the best first within its group, and the group of the best first of all. */
export function findEntries(query: string, entries: readonly Entry[]): readonly Found[] {
  const words = query.trim().toLowerCase()
  if (words === '') return grouped(entries.map((entry) => ({ entry, score: 0, at: new Set() })))
  const found = entries.flatMap((entry) => {
    const inTitle = entry.group === 'Search' ? null : fuzzy(words, entry.title)
    if (inTitle) return [{ entry, score: inTitle.score, at: new Set(inTitle.at) }]
    if (holdsAll(entry.note, words)) return [{ entry, score: 0, at: new Set<number>() }]
    return entry.foundFor === words ? [{ entry, score: foundLater, at: new Set<number>() }] : []
  })
  const best = Math.max(0, ...found.map(({ score }) => score))
  return grouped(
    found.filter(({ score }) => score <= 0 || score >= best * leastShare).sort((a, b) => b.score - a.score),
  )
}

function holdsAll(note: string | undefined, words: string): boolean {
  const text = note?.toLowerCase() ?? ''
  return words.split(/\s+/).every((word) => text.includes(word))
}

function grouped(found: readonly (Found & { readonly score: number })[]): readonly Found[] {
  const bestOf = (group: EntryGroup): number => found.find(({ entry }) => entry.group === group)?.score ?? 0
  return [...order]
    .sort((a, b) => bestOf(b) - bestOf(a))
    .flatMap((group) => found.filter(({ entry }) => entry.group === group).slice(0, mostOfGroup))
}

export const views: readonly { readonly title: string; readonly to: RouteLocationRaw }[] = [
  { title: 'Overview', to: { name: routeNames.overview } },
  { title: 'Sessions', to: { name: routeNames.sessions } },
  { title: 'Explore', to: { name: routeNames.explore } },
  { title: 'Search everything', to: { name: routeNames.search } },
  { title: 'Batches', to: { name: routeNames.batches } },
  { title: 'Insights', to: { name: routeNames.insights } },
  { title: 'Projects', to: { name: routeNames.projects } },
  { title: 'Limits', to: { name: routeNames.limits } },
  { title: 'GenAI apps', to: { name: routeNames.genai } },
  { title: 'Alerts', to: { name: routeNames.alerts } },
  { title: 'Configure', to: { name: routeNames.configure } },
  { title: 'Health', to: { name: routeNames.health } },
  { title: 'Settings', to: { name: routeNames.settings } },
]
