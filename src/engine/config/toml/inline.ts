import { keyText } from '../../../model/config/toml-text.ts'
import type { KeyPath } from '../../../model/config/toml-value.ts'
import type { Pair } from './document.ts'
import { splice, type Splice } from './splice.ts'

/**
 * Sets or takes out (`value` null) what is written within an inline table. `owner` is the pair whose value that table is,
 * `path` counts from there. Null where the owner's value is no inline table.
 */
export function editInline(text: string, owner: Pair, path: KeyPath, value: string | null): string | null {
  const pairs = owner.inline
  if (pairs === null) return null
  const around = pairs.find((pair) => pair.path.length < path.length && startsWith(path, pair.path))
  if (around !== undefined) return editInline(text, around, path.slice(around.path.length), value)
  const present = pairs.flatMap((pair, i) => (startsWith(pair.path, path) ? [i] : []))
  if (value === null) return splice(text, removals(owner, pairs, present))
  const [first, ...others] = present
  const written = `${keyText(path)} = ${value}`
  if (first === undefined) return append(text, owner, pairs, written)
  const { start = 0, end = 0 } = pairs[first]?.span ?? {}
  return splice(text, [{ start, end, text: written }, ...removals(owner, pairs, others)])
}

function append(text: string, owner: Pair, pairs: readonly Pair[], written: string): string {
  const last = pairs.at(-1)
  if (last === undefined) return splice(text, [{ ...owner.value, text: `{ ${written} }` }])
  return splice(text, [{ start: last.span.end, end: last.span.end, text: `, ${written}` }])
}

/** Each with the comma before it, or, where nothing before it stays, with the one behind. */
function removals(owner: Pair, pairs: readonly Pair[], gone: readonly number[]): readonly Splice[] {
  if (gone.length === 0) return []
  if (gone.length === pairs.length) return [{ ...owner.value, text: '{}' }]
  const staysBefore = (i: number): boolean => pairs.some((_, j) => j < i && !gone.includes(j))
  return gone.flatMap((i) => {
    const [pair, before, after] = [pairs[i], pairs[i - 1], pairs[i + 1]]
    if (pair === undefined) return []
    if (before !== undefined && staysBefore(i)) return [{ start: before.span.end, end: pair.span.end, text: '' }]
    return [{ start: pair.span.start, end: after?.span.start ?? pair.span.end, text: '' }]
  })
}

export function startsWith(path: KeyPath, prefix: KeyPath): boolean {
  return prefix.length <= path.length && prefix.every((key, i) => key === path[i])
}
