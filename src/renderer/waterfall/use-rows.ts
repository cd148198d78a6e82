import { computed, watch } from 'vue'
import type { ComputedRef } from 'vue'
import type { TreeRow } from '../../model/tree/row.ts'
import type { SessionViewState } from '../views/session/state.ts'
import { ancestors, nextError, placeRows, spanOfRow, visibleRows, withRawSpans } from './rows.ts'
import type { PlacedRow } from './rows.ts'
import { useRawSpans } from './use-raw-spans.ts'

export interface Rows {
  readonly placed: ComputedRef<readonly PlacedRow[]>
  readonly visible: ComputedRef<readonly PlacedRow[]>
  readonly cursorIndex: ComputedRef<number>
  readonly moveTo: (index: number) => void
  readonly select: (id: string) => void
  readonly fold: (id: string, folded: boolean) => void
  readonly foldAll: (folded: boolean) => void
  readonly stepLeft: () => void
  readonly stepRight: () => void
  readonly toggleRaw: (id: string | null) => void
  readonly goToError: (step: 1 | -1) => void
}

/** What can be done with the rows of a session, by key and by pointer alike. */
export function useRows(sessionId: string, state: SessionViewState, tree: () => readonly TreeRow[]): Rows {
  const { cursor, selected, folded, raw } = state
  const spans = useRawSpans(sessionId, raw)
  const placed = computed(() => placeRows(withRawSpans(tree(), spans.value)))
  const visible = computed(() => visibleRows(placed.value, folded.value))
  const indexOf = (id: string | null): number => visible.value.findIndex(({ row }) => row.id === id)
  const cursorIndex = computed(() => indexOf(cursor.value))
  const at = (): PlacedRow | null => visible.value[cursorIndex.value] ?? null

  function moveTo(index: number): void {
    const to = visible.value[Math.max(0, Math.min(index, visible.value.length - 1))]
    if (to) cursor.value = to.row.id
  }

  function fold(id: string, hide: boolean): void {
    const next = new Set(folded.value)
    if (hide) next.add(id)
    else next.delete(id)
    folded.value = next
  }

  /** Folds the turns, so that a session is as many rows as it has prompts; helpers below fold with them. */
  function foldAll(hide: boolean): void {
    const turns = placed.value.filter(({ row, hasChildren }) => hasChildren && row.kind === 'turn')
    folded.value = new Set(hide ? turns.map(({ row }) => row.id) : [])
  }

  function stepLeft(): void {
    const here = at()
    if (!here) return
    if (here.hasChildren && !folded.value.has(here.row.id)) fold(here.row.id, true)
    else if (here.row.parentId !== null && indexOf(here.row.parentId) >= 0) cursor.value = here.row.parentId
  }

  function stepRight(): void {
    const here = at()
    if (!here?.hasChildren) return
    if (folded.value.has(here.row.id)) fold(here.row.id, false)
    else moveTo(cursorIndex.value + 1)
  }

  function select(id: string): void {
    cursor.value = id
    selected.value = id
  }

  function toggleRaw(id: string | null): void {
    if (id === null) return
    const owner = [id, ...ancestors(placed.value, id)].find((other) => spanOfRow(other) === null)
    const row = placed.value.find(({ row }) => row.id === owner)
    if (!owner || !row) return
    const next = new Set(raw.value)
    if (next.delete(owner)) {
      if (spanOfRow(cursor.value ?? '')) cursor.value = owner
    } else {
      if (row.row.spanCount === 0) return
      next.add(owner)
      fold(owner, false)
    }
    raw.value = next
  }

  function goToError(step: 1 | -1): void {
    const id = nextError(placed.value, cursor.value, step)
    if (id === null) return
    const above = ancestors(placed.value, id)
    if (above.some((ancestor) => folded.value.has(ancestor)))
      folded.value = new Set([...folded.value].filter((ancestor) => !above.includes(ancestor)))
    select(id)
  }

  // A row that went out of sight gives the cursor to the nearest row above it that shows.
  watch([visible, cursor], () => {
    if (visible.value.length === 0 || cursorIndex.value >= 0) return
    const above =
      cursor.value === null ? undefined : ancestors(placed.value, cursor.value).find((id) => indexOf(id) >= 0)
    const waitsForSpans = raw.value.size > spans.value.size
    if (above) cursor.value = above
    else if (!waitsForSpans) moveTo(0)
  })

  return { placed, visible, cursorIndex, moveTo, select, fold, foldAll, stepLeft, stepRight, toggleRaw, goToError }
}
