import { bornMs } from '../rollout/file-name.ts'
import type { RolloutThread } from '../rollout/facts.ts'
import { cutsOf } from '../rollout/rewinds.ts'
import { keyOf, type Entry, type Standing } from './entry.ts'
import type { ItemOf } from './item.ts'
import type { Outline } from './outline.ts'

/** What stands in a transcript: an entry of a file, or a word on where what follows comes from. */
export type Standee =
  | { readonly kind: 'entry'; readonly key: string; readonly standing: Standing }
  | { readonly kind: 'origin'; readonly key: string; readonly item: ItemOf<'origin'> }

/**
 * The entries of a session over all its files. Files stand by their birth: what a return to an earlier message took back stays before
 * what was said instead.
 */
export function transcriptOf(outlines: readonly Outline[]): readonly Standee[] {
  const files = [...outlines].sort(byBirth)
  const cuts = cutsOf(files.flatMap(({ thread }) => thread ?? []))
  const standees: Standee[] = []
  let turn = 0
  for (const { state, entries, thread } of files) {
    const origin = thread === null ? null : originOf(thread)
    if (origin !== null) standees.push({ kind: 'origin', key: origin.key, item: origin })
    const cut = cuts.get(state.rolloutId) ?? Infinity
    for (const entry of entries) {
      if (entry.kind === 'turn') turn++
      const abandoned = (entry.ordinal ?? -1) >= cut
      standees.push({ kind: 'entry', key: keyOf(entry), standing: { entry, turn, abandoned } })
    }
  }
  return standees
}

function byBirth(a: Outline, b: Outline): number {
  return (bornMs(a.state.rolloutId) ?? 0) - (bornMs(b.state.rolloutId) ?? 0)
}

function originOf(thread: RolloutThread): ItemOf<'origin'> | null {
  const { sessionId, rolloutId, baseRolloutId, forkedFromId, atMs } = thread
  const place = {
    kind: 'origin',
    key: `${rolloutId}@origin`,
    atMs,
    turnId: null,
    callId: null,
    abandoned: false,
  } as const
  if (rolloutId !== sessionId && baseRolloutId !== null) return { ...place, how: 'rewind', sessionId }
  return forkedFromId === null ? null : { ...place, how: 'fork', sessionId: forkedFromId }
}

/** What somebody looks for in a transcript: an entry by its key, else a call, else what was said in a turn from a moment on. */
export interface Sought {
  readonly key: string | null
  readonly callId: string | null
  readonly turnId: string | null
  readonly timeMs: number | null
}

/** What a position is told by: of an entry, or of an item. */
export type SoughtPlace = Pick<Entry, 'callId' | 'turnId' | 'kind' | 'atMs'> & { readonly key: string }

export function placeOf(standee: Standee): SoughtPlace {
  return standee.kind === 'entry' ? { ...standee.standing.entry, key: standee.key } : standee.item
}

/** The position of what is sought; null where there is nothing of it. */
export function positionOf(places: readonly SoughtPlace[], { key, callId, turnId, timeMs }: Sought): number | null {
  if (key !== null) {
    const at = places.findIndex((place) => place.key === key)
    return at >= 0 ? at : null
  }
  if (callId !== null) {
    const at = places.findIndex((place) => place.callId === callId)
    if (at >= 0) return at
  }
  const inTurn = (place: SoughtPlace): boolean => turnId === null || place.turnId === turnId
  const first = places.findIndex(inTurn)
  if (first < 0) return null
  if (timeMs === null) return first
  const after = places.findIndex((place) => inTurn(place) && place.kind !== 'turn' && place.atMs >= timeMs)
  return after >= 0 ? after : places.findLastIndex(inTurn)
}
