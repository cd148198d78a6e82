import { computed } from 'vue'
import type { SessionViewState } from '../views/session/state.ts'
import { idOf, isSpan, spanOfId, spansOfIds } from './entries.ts'
import type { Entry } from './entries.ts'
import type { LineChoices } from './lines.ts'
import type { SessionData } from './session-data.ts'
import type { WaterfallState } from './state.ts'

/** In the set of unfolded rows it says that all are, but for the others in it: a link to all of them stays short. */
export const everyRow = '*'

export interface Folds extends LineChoices {
  readonly fold: (entry: Entry, hide: boolean) => void
  /** Raw spans that are folded, ascending. */
  readonly foldedSpans: () => Int32Array
  readonly foldTurns: (hide: boolean) => void
  /** Unfolds rows and spans that stand above another one. */
  readonly open: (above: readonly Entry[]) => void
  readonly toggleRaw: (row: number) => void
  readonly toggleAllRaw: () => void
  readonly allRaw: () => boolean
}

/** Which rows are folded, and which are unfolded to their raw spans. */
export function useFolds(state: SessionViewState, own: WaterfallState, data: () => SessionData): Folds {
  const { folded, raw } = state
  const idAt = (row: number): string => data().outline.rows[row]?.id ?? ''
  /** Codex's helper that names the session is of little interest: it starts folded. */
  const startsFolded = computed(() => {
    const titles = data().outline.rows.filter(
      ({ kind, detail }) => kind === 'session_loop' && detail.startsWith('title'),
    )
    return new Set(titles.map(({ id }) => id))
  })

  const foldedSpans = computed(() => spansOfIds(data(), folded.value))

  function isFolded(row: number): boolean {
    const id = idAt(row)
    return startsFolded.value.has(id) ? !own.opened.value.has(id) : folded.value.has(id)
  }

  function isRaw(row: number): boolean {
    return raw.value.has(everyRow) !== raw.value.has(idAt(row))
  }

  function change(entries: readonly Entry[], hide: boolean, spansToo = false): void {
    const nextFolded = new Set([...folded.value].filter((id) => !spansToo || spanOfId(id) === null))
    const nextOpened = new Set(own.opened.value)
    for (const id of entries.map((entry) => idOf(data(), entry))) {
      const set = startsFolded.value.has(id) ? nextOpened : nextFolded
      if ((set === nextFolded) === hide) set.add(id)
      else set.delete(id)
    }
    folded.value = nextFolded
    own.opened.value = nextOpened
  }

  function foldTurns(hide: boolean): void {
    const { rows, end } = data().outline
    const all = rows.map((_, row) => row).filter((row) => (end[row] ?? 0) > row + 1)
    change(hide ? all.filter((row) => rows[row]?.kind === 'turn') : all, hide, !hide)
  }

  function toggleRaw(row: number): void {
    if (!isRaw(row)) change([row], false)
    const next = new Set(raw.value)
    if (!next.delete(idAt(row))) next.add(idAt(row))
    raw.value = next
  }

  function toggleAllRaw(): void {
    const all = raw.value.has(everyRow)
    if (!all) foldTurns(false)
    raw.value = new Set(all ? [] : [everyRow])
  }

  return {
    isFolded,
    isRaw,
    foldedSpans: () => foldedSpans.value,
    fold: (entry, hide) => change([entry], hide),
    foldTurns,
    open(above) {
      const shut = above.filter((entry) => (isSpan(entry) ? foldedSpans.value.includes(~entry) : isFolded(entry)))
      if (shut.length > 0) change(shut, false)
    },
    toggleRaw,
    toggleAllRaw,
    allRaw: () => raw.value.has(everyRow),
  }
}
