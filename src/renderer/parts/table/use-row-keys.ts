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

/** One row of a list is the current one; the keys move it, Enter opens it, Escape leaves it. */
export function useRowKeys(current: Ref<number>, list: List): (event: KeyboardEvent) => void {
  function move(index: number): void {
    if (list.count() === 0) return
    const to = Math.max(0, Math.min(index, list.count() - 1))
    current.value = to
    list.show(to)
  }
  return (event) => {
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
}
