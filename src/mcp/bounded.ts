import type { Answer, Shortened } from './tool.ts'

/** Texts are cut to the first of these that lets the answer fit once lists are short. */
const textLengths = [16_384, 4096, 1024, 400, 150, 60]
/** A list is not emptied before long texts are cut. */
const leastItems = 3

/** Shortens an answer until it is no longer than that as JSON, and says in it what was left out and how to get it. */
export function bounded({ value, lists = [], leftOut = [] }: Answer<object>, maxBytes: number): object {
  const told = [...leftOut]
  const fits = (candidate: object): boolean => bytesOf(withTold(candidate, told)) <= maxBytes
  if (fits(value)) return withTold(value, told)
  // Room for the sentences about what is missing.
  const room = maxBytes - 200 * (lists.length + 1)
  const fitsWell = (candidate: object): boolean => bytesOf(withTold(candidate, told)) <= room
  for (const most of textLengths) {
    const cut = cutTexts(value, most)
    const isLong = most > 400
    const shortened = shorten(
      cut.value,
      isLong ? lists : [...lists, ...otherLists(value, lists)],
      isLong ? leastItems : 0,
      fitsWell,
    )
    if (shortened === null) continue
    if (cut.count > 0) told.push(`${cut.count} long texts end after ${most} characters: ask with a larger maxKib`)
    return withTold(shortened.value, [...told, ...shortened.told])
  }
  throw new Error(
    `the answer is longer than ${maxBytes / 1024} KiB, and nothing more of it can be left out: ask with a larger maxKib`,
  )
}

/** What a tool did not say that it may grow: better short than longer than anybody asked for. */
function otherLists(value: object, lists: readonly Shortened[]): Shortened[] {
  return Object.entries(value)
    .filter(([name, member]) => Array.isArray(member) && lists.every(({ list }) => list !== name))
    .map(([list]) => ({ list, goOn: () => 'ask with a larger maxKib' }))
}

/** The lists, one after the other, until it fits; null where it cannot. */
function shorten(
  value: object,
  lists: readonly Shortened[],
  least: number,
  fits: (candidate: object) => boolean,
): { readonly value: object; readonly told: readonly string[] } | null {
  if (fits(value)) return { value, told: [] }
  const told: string[] = []
  let left = value
  for (const { list, goOn } of lists) {
    const all = (left as Readonly<Record<string, unknown>>)[list]
    if (!Array.isArray(all)) continue
    const items: readonly unknown[] = all
    const begun = left
    const most = largest(Math.min(least, items.length), items.length, (count) =>
      fits({ ...begun, [list]: items.slice(0, count) }),
    )
    left = { ...begun, [list]: items.slice(0, most) }
    if (most < items.length) told.push(`${items.length - most} more of ${list}: ${goOn(most)}`)
    if (fits(left)) return { value: left, told }
  }
  return null
}

/** The largest count from `least` to `most` that fits; `least` where none does. */
function largest(least: number, most: number, fits: (count: number) => boolean): number {
  let low = least
  let high = most
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if (fits(middle)) low = middle
    else high = middle - 1
  }
  return low
}

function cutTexts(value: object, most: number): { readonly value: object; readonly count: number } {
  let count = 0
  const cut = mapTexts(value, (text) => {
    if (text.length <= most) return text
    count++
    return `${text.slice(0, most)}… (${text.length} characters in all)`
  })
  return { value: cut, count }
}

/** The same value with every text in it replaced. */
export function mapTexts<T>(value: T, replace: (text: string) => string): T {
  const walk = (each: unknown): unknown => {
    if (typeof each === 'string') return replace(each)
    if (Array.isArray(each)) return each.map(walk)
    if (typeof each !== 'object' || each === null) return each
    return Object.fromEntries(Object.entries(each).map(([name, member]) => [name, walk(member)]))
  }
  return walk(value) as T
}

function withTold(value: object, told: readonly string[]): object {
  return told.length === 0 ? value : { ...value, leftOut: told }
}

function bytesOf(value: object): number {
  return Buffer.byteLength(JSON.stringify(value))
}
