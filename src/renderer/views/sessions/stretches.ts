interface Listed {
  readonly id: string
  readonly startedAtMs: number
}

/** Places of a list, from the newest: the first, and one past the last. */
export interface Places {
  readonly from: number
  readonly to: number
}

/** What has been read of a list, the newest first: stretches of it, each with the place where it begins. */
export interface Known<Item> {
  readonly total: number
  readonly stretches: readonly Stretch<Item>[]
}

export interface Stretch<Item> {
  readonly from: number
  readonly items: readonly Item[]
}

export interface Page<Item> extends Stretch<Item> {
  /** How many there are in all. */
  readonly total: number
}

export const nothingKnown: Known<never> = { total: 0, stretches: [] }

const endOf = ({ from, items }: Stretch<unknown>): number => from + items.length

/**
 * What is known, with one more page. The page tells all of the time that it reaches over, so that what is gone from there leaves; the list
 * may have moved on between two pages, which then overlap. What is new comes before all others as a rule, so a stretch that does not
 * begin the list keeps its distance from the end.
 */
export function withPage<Item extends Listed>(known: Known<Item>, page: Page<Item>): Known<Item> {
  const { from, items, total } = page
  const fromMs = from === 0 ? Infinity : (items[0]?.startedAtMs ?? -Infinity)
  const toMs = endOf(page) >= total ? -Infinity : (items.at(-1)?.startedAtMs ?? -Infinity)
  const told = new Set(items.map(({ id }) => id))
  const before: Item[] = []
  const after: Item[] = []
  const apart: Stretch<Item>[] = []
  let isFromStart = from === 0
  for (const stretch of known.stretches) {
    const at = stretch.from === 0 ? 0 : Math.max(0, stretch.from + total - known.total)
    const newer = stretch.items.filter(({ id, startedAtMs }) => startedAtMs >= fromMs && !told.has(id))
    const older = stretch.items.filter(
      ({ id, startedAtMs }) => startedAtMs < fromMs && startedAtMs <= toMs && !told.has(id),
    )
    const isWhole = newer.length === stretch.items.length || older.length === stretch.items.length
    if (isWhole && (at > endOf(page) || at + stretch.items.length < from)) {
      apart.push({ from: at, items: stretch.items })
      continue
    }
    before.push(...newer)
    after.push(...older)
    isFromStart ||= at === 0 && newer.length > 0
  }
  const joined = { from: isFromStart ? 0 : Math.max(0, from - before.length), items: [...before, ...items, ...after] }
  return { total, stretches: inOrder([...apart, joined]) }
}

/** None begins before the one above it ends, also where the list moved on. */
function inOrder<Item>(stretches: readonly Stretch<Item>[]): readonly Stretch<Item>[] {
  let end = 0
  return stretches
    .filter(({ items }) => items.length > 0)
    .sort((a, b) => a.from - b.from)
    .map((stretch) => {
      const from = Math.max(end, stretch.from)
      end = from + stretch.items.length
      return { from, items: stretch.items }
    })
}

/** What lies between the stretches, and behind the last. */
export function gapsOf({ total, stretches }: Known<unknown>): readonly Places[] {
  const edges = [0, ...stretches.map(endOf)].map((from, at) => ({ from, to: stretches[at]?.from ?? total }))
  return edges.filter(({ from, to }) => to > from)
}

/** Where a page begins that tells of the first of these places that is not known yet; null where all are. */
export function nextPage(known: Known<unknown>, wanted: Places, pageSize: number): number | null {
  const gap = gapsOf(known).find(({ from, to }) => from < wanted.to && to > wanted.from)
  if (!gap) return null
  const sought = Math.max(gap.from, wanted.from)
  // Around the place, but none that is known already where the gap has room for all of it.
  return Math.max(gap.from, Math.min(sought - pageSize / 2, gap.to - pageSize))
}

/** Where the pages begin that tell anew of what is known of these places. */
export function pagesOf({ stretches }: Known<unknown>, places: Places, pageSize: number): readonly number[] {
  return stretches.flatMap((stretch) => {
    const [from, to] = [Math.max(stretch.from, places.from), Math.min(endOf(stretch), places.to)]
    return Array.from({ length: Math.max(0, Math.ceil((to - from) / pageSize)) }, (_, at) =>
      Math.max(stretch.from, Math.min(from + at * pageSize, endOf(stretch) - pageSize)),
    )
  })
}
