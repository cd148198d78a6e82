import { onScopeDispose, shallowRef, watch } from 'vue'
import type { ShallowRef } from 'vue'
import { inTurn } from './in-turn.ts'

/** How entries change into those that are wanted. */
export interface EntriesInTurns<Entry> {
  readonly isSame: (a: Entry, b: Entry) => boolean
  /** So many with each turn. */
  readonly step: number
  /** What tells an entry from all others, of those that change places. */
  readonly idOf?: (entry: Entry) => string | undefined
  /** Where somebody looks. */
  readonly isSeen?: (entry: Entry) => boolean
  /** Whether nothing is seen of an entry as long as its place shows `old`. */
  readonly isElsewhere?: (entry: Entry, old: Entry) => boolean
}

/** What was missed as a whole is made in turns so long, whatever comes. */
const jumpMs = 200

/**
 * The entries that are wanted, of which a few become what they should be with each turn. At once come the very first, and of those that
 * are missed a few where somebody scrolls fast: all others would hold up each frame. An entry that is new to its place shows what stood
 * there until then, and nothing where nothing did, or where that stands in another place by now.
 */
export function useEntriesInTurns<Entry extends { readonly place: number }>(
  wanted: () => readonly Entry[],
  { isSame, step, idOf, isSeen, isElsewhere }: EntriesInTurns<Entry>,
): Readonly<ShallowRef<readonly Entry[]>> {
  const shown = shallowRef<readonly Entry[]>([])
  let takeBack = (): void => {}
  let jumpedMs = -Infinity
  let most = step

  function change(choose: (changed: readonly Entry[], missed: readonly Entry[]) => readonly Entry[]): void {
    takeBack()
    const before = new Map(shown.value.map((entry) => [entry.place, entry]))
    const oldOf = (entry: Entry): Entry | undefined => before.get(entry.place)
    const changed = wanted().filter((entry) => {
      const old = oldOf(entry)
      return old === undefined || !isSame(old, entry)
    })
    const missed = changed.filter((entry) => {
      const old = oldOf(entry)
      return old !== undefined && isSeen?.(entry) === true && isElsewhere?.(entry, old) === true
    })
    const late = new Set(changed)
    for (const entry of choose(changed, missed)) late.delete(entry)
    const ids = new Set(idOf && wanted().flatMap((entry) => (late.has(entry) ? [] : (idOf(entry) ?? []))))
    shown.value = wanted().flatMap((entry) => {
      if (!late.has(entry)) return [entry]
      const old = oldOf(entry)
      return old && !ids.has(idOf?.(old) ?? '') ? [old] : []
    })
    if (late.size > 0) takeBack = inTurn(goOn)
  }
  const goOn = (): void => change((changed, missed) => [...new Set([...missed, ...changed])].slice(0, most))
  function look(): void {
    change((_, missed) => {
      if (missed.length > 0 && wanted().every((entry) => isSeen?.(entry) !== true || missed.includes(entry)))
        jumpedMs = performance.now()
      // Who scrolls fast would run ahead of the turns; who has jumped waits in any case, and for shorter frames.
      const hasJumped = performance.now() < jumpedMs + jumpMs
      most = missed.length > 0 && !hasJumped ? 2 * step : step
      return hasJumped ? [] : missed.slice(0, most)
    })
  }
  watch(wanted, () => (shown.value.length > 0 ? look() : goOn()), { immediate: true })
  onScopeDispose(() => takeBack())
  return shown
}
