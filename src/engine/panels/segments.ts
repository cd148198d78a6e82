import type { Db } from '../store/database.ts'
import { dayKey, hourMs, hourNanoseconds } from './sources.ts'

/** How a range is read, as the sources' parameters want it. */
export interface Segments {
  /** Hours and days, by their keys. */
  readonly rolled: string
  /** Pairs of [from, to) in nanoseconds; beyond what a double holds, hence text. */
  readonly raw: string
}

/** The moments at which a question cuts hours; `everywhere` where it looks at single facts. */
export type Cuts = readonly number[] | 'everywhere'

/**
 * Of `sessions`, ids as JSON, sums tell where nobody else was there, hours as most are: which most filters let through. Beyond this part of a
 * range, hours of facts among hours of sums would only be more pieces of the same work.
 */
const mostFacts = 1 / 2

/**
 * Whole hours and days that are summed up are read from the sums, the rest from the facts: the edges of the range, hours that changed lately,
 * hours within which a bucket begins, as days do in zones of half hours, and those of a session that filters keep out.
 */
export function segmentsOf(db: Db, fromMs: number, toMs: number, cuts: Cuts, sessions: string | null = null): Segments {
  const fromNs = BigInt(Math.ceil(fromMs)) * 1_000_000n
  const toNs = BigInt(Math.ceil(toMs)) * 1_000_000n
  const facts = { rolled: '[]', raw: pairs([[fromNs, toNs]]) }
  if (cuts === 'everywhere') return facts
  const first = Math.ceil(fromMs / hourMs)
  const end = Math.floor(toMs / hourMs)
  const others = sessions === null ? [] : hoursOfOthers(db, first, end, sessions)
  if (others.length > (end - first) * mostFacts) return facts
  const rolled: [number, number][] = []
  if (first < end) {
    const open = db
      .prepare<[number, number], number>(
        'SELECT hour FROM fact_hour WHERE rolled = 0 AND hour >= ? AND hour < ? ORDER BY hour',
      )
      .pluck()
      .all(first, end)
    // An hour without facts belongs to either.
    let from = first
    const cut = cuts.filter((ms) => ms % hourMs !== 0).map((ms) => Math.floor(ms / hourMs))
    const single = [...open, ...cut, ...others].filter((hour) => hour >= first && hour < end).sort((a, b) => a - b)
    for (const hour of [...single, end]) {
      if (from < hour) rolled.push([from, hour])
      from = hour + 1
    }
  }
  const raw: [bigint, bigint][] = []
  let at = fromNs
  for (const [from, to] of rolled) {
    const start = BigInt(from) * hourNanoseconds
    if (at < start) raw.push([at, start])
    at = BigInt(to) * hourNanoseconds
  }
  if (at < toNs) raw.push([at, toNs])
  return { rolled: JSON.stringify(keysOf(db, rolled, cuts)), raw: pairs(raw) }
}

/** Whole days, and the hours of the rest that have facts. */
function keysOf(db: Db, rolled: readonly [number, number][], cuts: readonly number[]): readonly number[] {
  const days = db.prepare<[number, number], { first: number; end: number }>(
    'SELECT first, end FROM fact_day WHERE first >= ? AND end <= ? ORDER BY first',
  )
  const hours = db
    .prepare<[number, number], number>('SELECT hour FROM fact_hour WHERE hour >= ? AND hour < ? ORDER BY hour')
    .pluck()
  return rolled.flatMap(([from, to]) => {
    const keys: number[] = []
    let at = from
    let next = 0
    for (const { first, end } of days.all(from, to)) {
      while ((cuts[next] ?? Infinity) <= first * hourMs) next++
      if (first < at || (cuts[next] ?? Infinity) < end * hourMs) continue
      keys.push(...(at < first ? hours.all(at, first) : []), dayKey(first))
      at = end
    }
    return at < to ? keys.concat(hours.all(at, to)) : keys
  })
}

/** Hours, from one to before another, in which a session was there that is none of these. */
function hoursOfOthers(db: Db, first: number, end: number, sessions: string): number[] {
  const others = db
    .prepare<object, [number, number]>(
      `SELECT first_ns / ${hourNanoseconds}, last_ns / ${hourNanoseconds} FROM session INDEXED BY session_last
       WHERE last_ns >= @from AND first_ns < @to AND id NOT IN (SELECT value FROM json_each(@sessions))`,
    )
    .raw()
    .all({ from: BigInt(first) * hourNanoseconds, to: BigInt(end) * hourNanoseconds, sessions })
  const hours = new Set<number>()
  for (const [from, to] of others)
    for (let hour = Math.max(from, first); hour <= to && hour < end; hour++) hours.add(hour)
  return [...hours]
}

function pairs(ranges: readonly (readonly [bigint, bigint])[]): string {
  return `[${ranges.map(([from, to]) => `[${from},${to}]`).join(',')}]`
}
