import type { ShallowRef } from 'vue'
import type { SessionViewState } from '../views/session/state.ts'
import type { TimeRange } from './scale.ts'
import type { WaterfallState } from './state.ts'
import type { Folds } from './use-folds.ts'
import type { Rows } from './use-rows.ts'
import type { Search } from './use-search.ts'
import type { TimeView } from './use-time-view.ts'

export interface Commanded {
  readonly rows: Rows
  readonly folds: Folds
  readonly time: TimeView
  readonly own: WaterfallState
  readonly search: Search
  readonly state: SessionViewState
  readonly selection: ShallowRef<TimeRange | null>
  readonly zoomToSelection: () => void
  readonly zoomPlace: () => number | null
  readonly focusRows: () => void
  readonly focusSearch: () => void
  /** Lines of a page. */
  readonly page: () => number
  readonly timeWidth: () => number
}

const closer = 1 / 1.4
const panShare = 0.15

/** What each key does; frame/keys.ts tells them to the reader. */
export function commandsOf(on: Commanded): Readonly<Record<string, () => void>> {
  const { rows, folds, time, own, search, state, selection } = on
  const move = (line: () => number) => () => {
    on.focusRows()
    rows.moveTo(line())
  }
  const pan = (share: number) => () => time.pan(share * on.timeWidth())
  return {
    ArrowDown: move(() => rows.cursorLine.value + 1),
    ArrowUp: move(() => rows.cursorLine.value - 1),
    PageDown: move(() => rows.cursorLine.value + on.page()),
    PageUp: move(() => rows.cursorLine.value - on.page()),
    Home: move(() => 0),
    End: move(() => Infinity),
    ArrowLeft: rows.stepLeft,
    ArrowRight: rows.stepRight,
    Enter() {
      if (selection.value) on.zoomToSelection()
      else if (state.cursor.value) rows.select(state.cursor.value)
    },
    Escape() {
      if (selection.value) selection.value = null
      else if (own.query.value !== '') own.query.value = ''
      else state.selected.value = null
    },
    f: rows.toggleRaw,
    u: rows.toggleRaw,
    F: folds.toggleAllRaw,
    e: () => rows.goTo(rows.errors.value, 1),
    E: () => rows.goTo(rows.errors.value, -1),
    '/': on.focusSearch,
    n: () => rows.goTo(search.entries.value, 1),
    N: () => rows.goTo(search.entries.value, -1),
    m: () => (own.onlyMatches.value = !own.onlyMatches.value),
    c: () => (own.showsPath.value = !own.showsPath.value),
    g: () => (own.squeezes.value = !own.squeezes.value),
    w: () => time.zoom(closer, on.zoomPlace()),
    s: () => time.zoom(1 / closer, on.zoomPlace()),
    a: pan(-panShare),
    d: pan(panShare),
    z: on.zoomToSelection,
    '0': time.reset,
    Backspace: time.back,
    'Shift+Backspace': time.forward,
  }
}
