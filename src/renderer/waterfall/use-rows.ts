import { computed, watch } from 'vue'
import type { ComputedRef } from 'vue'
import type { SessionViewState } from '../views/session/state.ts'
import { displayList } from './display-list.ts'
import type { DisplayList, Filter } from './display-list.ts'
import { entriesWhere, entryOf, idOf, isSpan, ownerOf, spanOfId, stepFrom } from './entries.ts'
import type { Entry } from './entries.ts'
import { hasChildren, rowsAbove } from './outline.ts'
import { parentSpan } from './session-data.ts'
import { hasSpansBelow } from './span-folds.ts'
import type { SessionData } from './session-data.ts'
import type { Folds } from './use-folds.ts'

export interface Rows {
  readonly list: ComputedRef<DisplayList>
  /** -1 where the row that the keys act on does not show. */
  readonly cursorLine: ComputedRef<number>
  /** Of a raw span that does not show, the line that stands for it. */
  readonly selectedLine: ComputedRef<number>
  readonly moveTo: (line: number) => void
  readonly select: (id: string) => void
  readonly stepLeft: () => void
  readonly stepRight: () => void
  readonly toggleRaw: () => void
  readonly canUnfold: ComputedRef<boolean>
  /** To the next or previous of these, wherever they are folded away. */
  readonly goTo: (entries: Int32Array, step: 1 | -1) => void
  readonly errors: ComputedRef<Int32Array>
  readonly cursorEntry: ComputedRef<Entry | null>
}

/** What can be done with the rows of a session, by key and by pointer alike. */
export function useRows(
  state: SessionViewState,
  folds: Folds,
  data: () => SessionData,
  filter: () => Filter | null,
): Rows {
  const { cursor, selected } = state
  const list = computed(() => displayList(data(), { ...folds, filter: filter() }))

  /** To find a span by its id takes a look at all of them, and the cursor moves from one to the next. */
  let latest: { readonly data: SessionData; readonly id: string; readonly entry: Entry | null } | null = null
  function find(id: string | null): Entry | null {
    if (id === null) return null
    if (latest?.data !== data() || latest.id !== id) latest = { data: data(), id, entry: entryOf(data(), id) }
    return latest.entry
  }
  const cursorEntry = computed(() => find(cursor.value))
  const cursorLine = computed(() => (cursorEntry.value === null ? -1 : list.value.lineOf(cursorEntry.value)))

  const selectedLine = computed(() => {
    const { value: id } = selected
    const at = id === cursor.value ? cursorEntry.value : id === null ? null : entryOf(data(), id)
    if (at === null) return -1
    const shown = isSpan(at) ? shownAbove(at) : at
    return shown === undefined ? -1 : list.value.lineOf(shown)
  })

  function put(entry: Entry): void {
    const id = idOf(data(), entry)
    latest = { data: data(), id, entry }
    cursor.value = id
  }

  function moveTo(line: number): void {
    const entry = list.value.entryAt(Math.max(0, Math.min(line, list.value.lines - 1)))
    if (entry !== null) put(entry)
  }

  function stepLeft(): void {
    const at = cursorEntry.value
    if (at === null) return
    if (isSpan(at)) {
      if (hasSpansBelow(data(), ~at) && !list.value.foldOf(~at)) return folds.fold(at, true)
      const above = parentSpan(data(), ~at)
      return put(above < 0 ? ownerOf(data(), at) : ~above)
    }
    const above = data().outline.parent[at] ?? -1
    if (canFold(at) && !folds.isFolded(at)) folds.fold(at, true)
    else if (above >= 0) put(above)
  }

  function stepRight(): void {
    const at = cursorEntry.value
    if (at === null || !(isSpan(at) ? hasSpansBelow(data(), ~at) : canFold(at))) return
    if (isSpan(at) ? list.value.foldOf(~at) : folds.isFolded(at)) folds.fold(at, false)
    else moveTo(cursorLine.value + 1)
  }

  const spansOf = (row: number): number => (data().end[row] ?? 0) - (data().first[row] ?? 0)
  const canFold = (row: number): boolean => hasChildren(data().outline, row) || (folds.isRaw(row) && spansOf(row) > 0)

  function select(id: string): void {
    const entry = find(id)
    if (entry !== null) put(entry)
    selected.value = id
  }

  const canUnfold = computed(() => cursorEntry.value !== null && spansOf(ownerOf(data(), cursorEntry.value)) > 0)

  function toggleRaw(): void {
    const at = cursorEntry.value
    if (at === null || !canUnfold.value) return
    const row = ownerOf(data(), at)
    if (isSpan(at)) put(row)
    folds.toggleRaw(row)
  }

  const errors = computed(() => {
    const { outline, raw } = data()
    const isError = (at: number): boolean => {
      const row = outline.rows[at]
      return row !== undefined && (row.status === 'error' || row.failures > 0)
    }
    return entriesWhere(data(), isError, folds.isRaw, (span) => ((raw?.spans.flags[span] ?? 0) & 1) === 1)
  })

  /** All spans above this one in its row, nearest first. */
  function spansAbove(span: number): readonly Entry[] {
    const above = parentSpan(data(), span)
    return above < 0 ? [] : [~above, ...spansAbove(above)]
  }

  /** The entry, or else the nearest one above it that shows. */
  function shownAbove(entry: Entry): Entry | undefined {
    const row = ownerOf(data(), entry)
    if (row < 0) return undefined
    const spans = isSpan(entry) ? [entry, ...spansAbove(~entry)] : []
    return [...spans, row, ...rowsAbove(data().outline, row)].find((up) => list.value.lineOf(up) >= 0)
  }

  function reveal(entry: Entry): void {
    const row = ownerOf(data(), entry)
    if (row < 0) return
    const above = rowsAbove(data().outline, row)
    folds.open(isSpan(entry) ? [...spansAbove(~entry), row, ...above] : above)
    if (isSpan(entry) && !folds.isRaw(row)) folds.toggleRaw(row)
  }

  function goTo(entries: Int32Array, step: 1 | -1): void {
    const entry = stepFrom(data(), entries, cursorEntry.value, step)
    if (entry === null) return
    reveal(entry)
    put(entry)
    selected.value = idOf(data(), entry)
  }

  // A link may lead to a span that has yet to come, in a row that is folded.
  let isFollowed = selected.value === null
  watch(
    data,
    () => {
      if (isFollowed) return
      const entry = find(selected.value)
      if (entry === null) return
      isFollowed = true
      reveal(entry)
    },
    { immediate: true },
  )
  // A row that went out of sight gives the cursor to the nearest row above it that shows.
  watch(
    [list, cursor],
    () => {
      if (list.value.lines === 0 || cursorLine.value >= 0) return
      const at = cursorEntry.value
      if (at === null && cursor.value !== null && spanOfId(cursor.value) !== null && data().raw === null) return
      const above = at === null ? undefined : shownAbove(at)
      if (above === undefined) moveTo(0)
      else put(above)
    },
    { immediate: true },
  )

  return {
    list,
    cursorLine,
    selectedLine,
    cursorEntry,
    moveTo,
    select,
    stepLeft,
    stepRight,
    toggleRaw,
    canUnfold,
    goTo,
    errors,
  }
}
