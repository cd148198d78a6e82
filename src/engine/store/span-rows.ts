import type { Db } from './database.ts'

/** Halves of 64-bit values are signed, so that none of them is a number that has to be allocated. */
export interface SpanRow {
  readonly trace: number
  readonly idHigh: number
  readonly idLow: number
  readonly parentHigh: number
  readonly parentLow: number
  readonly name: number
  readonly startHigh: number
  readonly startLow: number
  readonly duration: number | null
  readonly flags: number
  readonly at: number
}

/** 64-bit values arrive as two halves and are joined here: binding a BigInt a column costs more than the insert. */
const wide = '(? << 32) | (? & 4294967295)'
const values = `(?, ${wide}, ${wide}, ?, ${wide}, ?, ?, ?, ?)`
const width = 12
const durationAt = 8

/** So many rows are one statement: to begin and end one costs as much as half a row. */
const atOnce = 32
/** A body of Codex has half as many. */
const gathered = 1024
/** So many stay exact in 53 bits, with 32 of an id and ten of a row. */
const mostTraces = 2 ** 11

export interface SpanRows {
  add(row: SpanRow): void
  insert(): void
}

/**
 * Gathers the rows of one body and inserts them in the order of the table, many at once: its pages are then gone through once and not
 * a page a row. Of two with the same ids the first to be added is kept. One body at a time: its
 * memory is used again for the next.
 */
export function spanInserter(db: Db): (body: number) => SpanRows {
  const [many, one] = [insertOf(db, atOnce), insertOf(db, 1)]
  const whole = new Int32Array(gathered * width)
  const durations = new Float64Array(gathered)
  const parametersOf = (rows: number) => Array.from({ length: rows * width }, (): number | null => null)
  const [ofMany, ofOne] = [parametersOf(atOnce), parametersOf(1)]

  return (body) => {
    let count = 0

    function run(statement: typeof one, parameters: (number | null)[], order: Uint32Array): void {
      let to = 0
      for (const row of order) {
        const from = row * width
        for (let i = 0; i < width; i++) parameters[to + i] = whole[from + i] ?? 0
        const duration = durations[row] ?? 0
        parameters[to + durationAt] = Number.isNaN(duration) ? null : duration
        to += width
      }
      // One by one: of an array each value would be asked for, which costs as much as binding it.
      statement.run(...parameters)
    }

    function insert(): void {
      const order = inOrderOfTheTable(whole, count)
      let from = 0
      for (; from + atOnce <= count; from += atOnce) run(many, ofMany, order.subarray(from, from + atOnce))
      for (; from < count; from++) run(one, ofOne, order.subarray(from, from + 1))
      count = 0
    }

    return {
      add(row) {
        if (count === gathered) insert()
        const at = count * width
        whole[at] = row.trace
        whole[at + 1] = row.idHigh
        whole[at + 2] = row.idLow
        whole[at + 3] = row.parentHigh
        whole[at + 4] = row.parentLow
        whole[at + 5] = row.name
        whole[at + 6] = row.startHigh
        whole[at + 7] = row.startLow
        whole[at + 9] = row.flags
        whole[at + 10] = body
        whole[at + 11] = row.at
        durations[count++] = row.duration ?? Number.NaN
      },
      insert,
    }
  }
}

/**
 * Row numbers by trace and the upper half of the id, which is near enough to the table's order, and those of the same ids as they came. As
 * one number each, because to sort by a function takes ten times as long.
 */
function inOrderOfTheTable(whole: Int32Array, count: number): Uint32Array {
  let firstTrace = Infinity
  for (let row = 0; row < count; row++) firstTrace = Math.min(firstTrace, whole[row * width] ?? 0)
  const keys = new Float64Array(count)
  for (let row = 0; row < count; row++) {
    const trace = Math.min((whole[row * width] ?? 0) - firstTrace, mostTraces - 1)
    const idHigh = (whole[row * width + 1] ?? 0) + 2 ** 31
    keys[row] = (trace * 2 ** 32 + idHigh) * gathered + row
  }
  keys.sort()
  const order = new Uint32Array(count)
  for (let place = 0; place < count; place++) order[place] = (keys[place] ?? 0) % gathered
  return order
}

/**
 * Of two with the same ids the first is kept. `OR IGNORE` for that, because no row of it can fail then: a statement of many rows, one of
 * which could, copies every page before it changes it.
 */
function insertOf(db: Db, count: number) {
  const columns = 'trace, span_id, parent_id, name, start_ns, duration_ns, flags, body, at'
  const all = Array.from({ length: count }, () => values).join(', ')
  return db.prepare<unknown[]>(`INSERT OR IGNORE INTO span (${columns}) VALUES ${all}`)
}
