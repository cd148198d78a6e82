import { categoryOfSpan, spanCategories, type SpanCategory } from '../../../../model/codex/spans/category.ts'
import type { SessionData } from '../../../waterfall/session-data.ts'

/** Of spans of one kind, how many there are, and how long at least one of them was under way. */
export interface SpanSum {
  readonly count: number
  readonly ms: number
}

export interface NameSum extends SpanSum {
  readonly name: string
  readonly category: SpanCategory
  readonly longestMs: number
}

export interface SpanSums {
  /** Of each raw span the index of its category. */
  readonly categoryOf: Uint8Array
  readonly categories: Readonly<Record<SpanCategory, SpanSum>>
  readonly names: readonly NameSum[]
}

/** One walk through the spans, which come by start, so that what runs at the same time counts once: a million take a third of a second. */
export function spanSums(data: SessionData, byStart: Uint32Array): SpanSums | null {
  const { raw } = data
  if (raw === null) return null
  const { name, start, duration } = raw.spans
  const keys = raw.names.flatMap((text) => [categoryOfSpan(text, false), categoryOfSpan(text, true)])
  // A name in a call's row and the same name elsewhere may mean two things.
  const keyFor = (key: number, isInCall: boolean) => (isInCall && keys[key] !== keys[key + 1] ? key + 1 : key)
  const keyCategory = Uint8Array.from(keys, (category) => spanCategories.indexOf(category))
  const keyOf = new Uint32Array(raw.count)
  let from = 0
  raw.spans.endOfRow.forEach((end, at) => {
    const isInCall = (data.outline.rows[data.nowAt[at] ?? -1]?.callId ?? null) !== null
    for (; from < end; from++) keyOf[from] = keyFor((name[from] ?? 0) * 2, isInCall)
  })
  const categoryOf = Uint8Array.from(keyOf, (key) => keyCategory[key] ?? 0)

  const byKey = coverage(keys.length)
  const byCategory = coverage(spanCategories.length)
  const longest = new Float64Array(keys.length)
  for (const span of byStart) {
    const key = keyOf[span] ?? 0
    const startMs = start[span] ?? 0
    const ms = duration[span] ?? 0
    byKey.add(key, startMs, ms)
    byCategory.add(categoryOf[span] ?? 0, startMs, ms)
    longest[key] = Math.max(longest[key] ?? 0, ms)
  }
  const names = keys.flatMap((category, key): NameSum[] => {
    const sum = byKey.of(key)
    return sum.count === 0 ? [] : [{ ...sum, name: raw.names[key >> 1] ?? '', category, longestMs: longest[key] ?? 0 }]
  })
  const categories = Object.fromEntries(spanCategories.map((category, at) => [category, byCategory.of(at)]))
  return { categoryOf, categories: categories as SpanSums['categories'], names }
}

/** Adds up stretches that come by start: what several cover counts once. */
function coverage(kinds: number) {
  const counts = new Uint32Array(kinds)
  const sums = new Float64Array(kinds)
  const until = new Float64Array(kinds).fill(-Infinity)
  return {
    add(kind: number, startMs: number, ms: number): void {
      const end = startMs + ms
      const covered = until[kind] ?? -Infinity
      counts[kind] = (counts[kind] ?? 0) + 1
      if (end <= covered) return
      sums[kind] = (sums[kind] ?? 0) + end - Math.max(startMs, covered)
      until[kind] = end
    },
    of: (kind: number): SpanSum => ({ count: counts[kind] ?? 0, ms: sums[kind] ?? 0 }),
  }
}
