import { usualLogBytes } from '../../src/engine/store/shrink-log.ts'

/** What is known at one moment; times are of what happened since the moment before. */
export interface Sample {
  readonly minute: number
  readonly values: Readonly<Record<string, number>>
}

export interface Series {
  readonly name: string
  readonly unit: 'MB' | 'ms'
  /** How much more the last quarter may show than the second before it counts as growing; null for what is only told of. */
  readonly mayGrow: number | null
  /** Up to this it comes and goes, and does not count as growing. */
  readonly usual?: number
}

export const series: readonly Series[] = [
  { name: 'resident memory of the host', unit: 'MB', mayGrow: 1.15 },
  { name: 'memory of the page', unit: 'MB', mayGrow: 1.25 },
  { name: 'database', unit: 'MB', mayGrow: 1.25 },
  { name: 'write-ahead log', unit: 'MB', mayGrow: 1.5, usual: usualLogBytes / 1e6 },
  { name: 'acknowledged p50', unit: 'ms', mayGrow: 2 },
  { name: 'acknowledged p99', unit: 'ms', mayGrow: null },
]

export interface Verdict extends Series {
  readonly second: number
  readonly last: number
  readonly grows: boolean
}

/** Medians of the second quarter, when the store has its size, and of the last. */
export function verdictOf(of: Series, samples: readonly Sample[]): Verdict {
  const values = samples.map(({ values: all }) => all[of.name] ?? Number.NaN)
  const quarter = (n: number): number =>
    median(values.slice(Math.floor((values.length * (n - 1)) / 4), Math.floor((values.length * n) / 4)))
  const [second, last] = [quarter(2), quarter(4)]
  return { ...of, second, last, grows: of.mayGrow !== null && last > Math.max(second * of.mayGrow, of.usual ?? 0) }
}

function median(values: readonly number[]): number {
  const known = values.filter((value) => !Number.isNaN(value)).sort((a, b) => a - b)
  return known[Math.floor(known.length / 2)] ?? Number.NaN
}
