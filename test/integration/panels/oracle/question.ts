/** How far the zones that are asked for are ahead of UTC. In the second, a day begins among the captures, at half past nine. */
export const aheadMs = { UTC: 0, 'Pacific/Marquesas': -34_200_000 } as const
export type Zone = keyof typeof aheadMs

/** What a panel is asked, and the arithmetic that all answers share. */
export interface Question {
  readonly fromMs: number
  readonly toMs: number
  readonly bucketMs: number
  readonly zone: Zone
  readonly filters: Asked
}

export interface Asked {
  readonly model?: readonly string[]
  readonly environment?: readonly string[]
  readonly originator?: readonly string[]
  readonly source?: readonly string[]
  readonly user?: readonly string[]
  readonly project?: readonly string[]
  readonly appVersion?: readonly string[]
  readonly helpers?: boolean
}

export type Row = Readonly<Record<string, string | number | null>>

export const msOf = (ns: bigint): number => Number(ns / 1_000_000n)
export const lengthMs = (from: bigint, to: bigint): number => Number(to - from) / 1e6
/** Panels tell durations in whole milliseconds. */
export const wholeMs = (from: bigint, to: bigint): number => Math.round(lengthMs(from, to))

/** A moment counts from the first millisecond of the range, and no longer at the last. */
export const within = ({ fromMs, toMs }: Question, atNs: bigint): boolean => {
  const ms = msOf(atNs)
  return ms >= fromMs && ms < toMs
}

export const among = (values: readonly string[] | undefined, value: string): boolean =>
  values === undefined || values.includes(value)

export function sum<T>(items: readonly T[], of: (item: T) => number): number {
  return items.reduce((total, item) => total + of(item), 0)
}

export function groups<T>(items: readonly T[], key: (item: T) => string): [string, T[]][] {
  const by = new Map<string, T[]>()
  for (const item of items) {
    const of = by.get(key(item))
    if (of === undefined) by.set(key(item), [item])
    else of.push(item)
  }
  return [...by]
}

/** The widths asked for divide the day, which begins at midnight of the zone. */
export function bucketStart({ bucketMs, zone }: Question, ms: number): number {
  return Math.floor((ms + aheadMs[zone]) / bucketMs) * bucketMs - aheadMs[zone]
}

/** One group a bucket that has anything. */
export function buckets<T>(question: Question, items: readonly T[], at: (item: T) => bigint): [number, T[]][] {
  return groups(items, (item) => String(bucketStart(question, msOf(at(item))))).map(([ms, of]) => [Number(ms), of])
}

/** The least value that so many of 100 do not exceed. */
export function percentile(values: readonly number[], percent: number): number | null {
  return [...values].sort((a, b) => a - b)[Math.ceil((percent / 100) * values.length) - 1] ?? null
}

export const average = (values: readonly number[]): number | null =>
  values.length === 0 ? null : sum(values, (value) => value) / values.length

export const share = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole)
