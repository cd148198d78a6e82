import { watch } from 'vue'
import type { Ref } from 'vue'
import type { Arranged } from './arranged.ts'
import type { Places } from './stretches.ts'

/**
 * Marks rows one by one and, with Shift, from the last one that was marked by hand to another: `want` is told of what lies between them
 * and has not been read, and all of it is marked when it has.
 */
export function useMarking(
  marked: Ref<ReadonlySet<string>>,
  rows: Readonly<Ref<Arranged>>,
  want: (places: Places | null) => void,
): (id: string, through: boolean) => void {
  let last: string | null = null
  let reach: readonly [string, string] | null = null

  function markReach(): void {
    if (!reach) return
    const [from = -1, to = -1] = reach.map((id) => rows.value.rowOf(id)).sort((a, b) => a - b)
    if (from < 0) return end()
    const between = Array.from({ length: to - from + 1 }, (_, at) => rows.value.at(from + at))
    const read = between.filter((row) => row !== undefined)
    marked.value = new Set([...marked.value, ...read.map(({ session }) => session.id)])
    if (read.length === between.length) end()
    else want(rows.value.placesOf(from, to + 1))
  }
  function end(): void {
    reach = null
    want(null)
  }
  watch(rows, markReach)
  watch(marked, ({ size }) => size === 0 && end())

  return (id, through) => {
    if (through && last !== null && rows.value.rowOf(last) >= 0) {
      reach = [last, id]
      markReach()
    } else {
      const next = new Set(marked.value)
      if (!next.delete(id)) next.add(id)
      marked.value = next
    }
    last = id
  }
}
