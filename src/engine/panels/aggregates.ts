import { commandName } from '../../model/findings/command-name.ts'
import type { Db } from '../store/database.ts'

/**
 * Aggregates over lists of whole numbers: a value is a number, or a blob that `pack` made of many (32-bit, little-endian).
 * NULL counts nowhere. Percentiles are of the nearest rank, exact: the smallest value that at least so many percent do not exceed.
 */
export function addAggregates(db: Db): void {
  db.aggregate('pack', {
    start: newList,
    step: (list: List, value: unknown) => {
      take(list, value)
    },
    result: (list: List) => (list.length === 0 ? null : Buffer.from(list.values.slice(0, list.length).buffer)),
  })
  for (const percent of [50, 95])
    db.aggregate(`p${percent}`, {
      start: newList,
      step: (list: List, value: unknown) => {
        take(list, value)
      },
      result: ({ values, length }: List) => ranked(values.subarray(0, length), percent),
    })
  // Of one list several: to gather it is what takes the time.
  db.function('percentile', { deterministic: true }, (list: unknown, percent: unknown) => {
    const { values, length } = gather(list)
    return ranked(values.subarray(0, length), Number(percent))
  })
  db.aggregate('mean', {
    start: newList,
    step: (list: List, value: unknown) => {
      take(list, value)
    },
    result: meanOf,
  })
  db.function('mean_of', { deterministic: true }, (list: unknown) => meanOf(gather(list)))
  db.function('command_name', { deterministic: true }, (line: unknown) => commandName(String(line)))
  db.function('how_many', { deterministic: true }, (list: unknown) =>
    list === null ? 0 : list instanceof Uint8Array ? list.length / 4 : 1,
  )
}

/** Moves values about until the wanted one stands where it would if they were sorted, which takes a fraction of sorting them. */
export function ranked(values: Int32Array, percent: number): number | null {
  const rank = Math.max(0, Math.ceil((percent / 100) * values.length) - 1)
  for (let [low, high] = [0, values.length - 1]; low < high;) {
    // The middle one: lists that are sorted already, and those of one value, are as quick as others.
    const pivot = values[(low + high) >> 1] ?? 0
    let [left, right] = [low, high]
    while (left <= right) {
      while ((values[left] ?? 0) < pivot) left++
      while ((values[right] ?? 0) > pivot) right--
      if (left > right) break
      const moved = values[left] ?? 0
      values[left++] = values[right] ?? 0
      values[right--] = moved
    }
    if (rank <= right) high = right
    else if (rank >= left) low = left
    else break
  }
  return values[rank] ?? null
}

function meanOf({ values, length }: List): number | null {
  let sum = 0
  for (let i = 0; i < length; i++) sum += values[i] ?? 0
  return length === 0 ? null : sum / length
}

function gather(list: unknown): List {
  const gathered = newList()
  take(gathered, list)
  return gathered
}

interface List {
  values: Int32Array<ArrayBuffer>
  length: number
}

function newList(): List {
  return { values: new Int32Array(16), length: 0 }
}

function take(list: List, value: unknown): void {
  if (value === null) return
  if (value instanceof Uint8Array) {
    const more = value.length / 4
    makeRoom(list, more)
    // A blob may begin anywhere in its buffer; 32-bit views may not.
    new Uint8Array(list.values.buffer).set(value, list.length * 4)
    list.length += more
    return
  }
  makeRoom(list, 1)
  list.values[list.length++] = Math.min(0x7fffffff, Math.round(Number(value)))
}

function makeRoom(list: List, more: number): void {
  if (list.length + more <= list.values.length) return
  const roomier = new Int32Array(Math.max(list.values.length * 2, list.length + more))
  roomier.set(list.values.subarray(0, list.length))
  list.values = roomier
}
