import { ref } from 'vue'
import type { Ref } from 'vue'

interface List {
  readonly count: () => number
  /** Rows that fit into the view. */
  readonly page: () => number
  /** Brings a row into view. */
  readonly show: (index: number) => void
  readonly open: (index: number) => void
  readonly leave: () => void
}

/** One row of a long list is the current one; the keys move it, Enter opens it, Escape leaves it. */
export function useListKeys(list: List): {
  readonly current: Ref<number>
  readonly onKey: (event: KeyboardEvent) => void
} {
  const current = ref(-1)
  function move(index: number): void {
    if (list.count() === 0) return
    current.value = Math.max(0, Math.min(index, list.count() - 1))
    list.show(current.value)
  }
  function onKey(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const moves: Readonly<Record<string, number>> = {
      ArrowDown: current.value + 1,
      ArrowUp: current.value - 1,
      PageDown: current.value + list.page(),
      PageUp: current.value - list.page(),
      Home: 0,
      End: list.count() - 1,
    }
    const to = moves[event.key]
    if (to !== undefined) move(to)
    else if (event.key === 'Enter' && current.value >= 0) list.open(current.value)
    else if (event.key === 'Escape') list.leave()
    else return
    event.preventDefault()
  }
  return { current, onKey }
}
