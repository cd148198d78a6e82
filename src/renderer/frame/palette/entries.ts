import type { RouteLocationRaw } from 'vue-router'
import { routeNames } from '../../router-names.ts'
import { fuzzy } from './fuzzy.ts'

export type EntryGroup = 'Views' | 'Sessions' | 'Panels' | 'Settings' | 'Actions'

/** One thing that the palette leads to. */
export interface Entry {
  readonly id: string
  readonly group: EntryGroup
  readonly title: string
  /** Said beside the title, and found as well. */
  readonly note?: string
  readonly keys?: readonly string[]
  readonly run: () => void
}

export interface Found {
  readonly entry: Entry
  /** Letters of the title that match. */
  readonly at: ReadonlySet<number>
}

const order: readonly EntryGroup[] = ['Views', 'Actions', 'Sessions', 'Panels', 'Settings']
const mostOfGroup = 8

/** What matches, the best first within its group, and the group of the best first of all. */
export function findEntries(query: string, entries: readonly Entry[]): readonly Found[] {
  const groups = new Map<EntryGroup, (Found & { readonly score: number })[]>()
  for (const entry of entries) {
    const inTitle = fuzzy(query, entry.title)
    // What only the note says is a weaker answer.
    const inNote = entry.note === undefined || inTitle !== null ? null : fuzzy(query, entry.note)
    const score = inTitle?.score ?? (inNote ? inNote.score / 2 : null)
    if (score === null) continue
    const found = { entry, score, at: new Set(inTitle?.at) }
    groups.set(entry.group, [...(groups.get(entry.group) ?? []), found])
  }
  const isAsked = query.trim() !== ''
  return [...groups]
    .map(([group, found]) => ({ group, found: isAsked ? found.sort((a, b) => b.score - a.score) : found }))
    .sort((a, b) => {
      const best = isAsked ? (b.found[0]?.score ?? 0) - (a.found[0]?.score ?? 0) : 0
      return best || order.indexOf(a.group) - order.indexOf(b.group)
    })
    .flatMap(({ found }) => found.slice(0, mostOfGroup))
}

export const views: readonly { readonly title: string; readonly to: RouteLocationRaw }[] = [
  { title: 'Overview', to: { name: routeNames.overview } },
  { title: 'Sessions', to: { name: routeNames.sessions } },
  { title: 'Explore', to: { name: routeNames.explore } },
  { title: 'Batches', to: { name: routeNames.batches } },
  { title: 'GenAI apps', to: { name: routeNames.genai } },
  { title: 'Alerts', to: { name: routeNames.alerts } },
  { title: 'Configure', to: { name: routeNames.configure } },
  { title: 'Health', to: { name: routeNames.health } },
  { title: 'Settings', to: { name: routeNames.settings } },
]
