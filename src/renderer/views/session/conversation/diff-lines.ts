import { linesOfDiff } from '../../../format/lines-of-diff.ts'

export interface DiffLine {
  readonly kind: 'added' | 'removed' | 'same' | 'hunk' | 'note'
  /** Numbers of the line before and after; null where it is not there, or the diff does not say. */
  readonly before: number | null
  readonly after: number | null
  /** Without its sign. */
  readonly text: string
}

/** The lines of a unified diff with their numbers. A patch that never ran has no numbers in its hunks. */
export function diffLines(diff: string): readonly DiffLine[] {
  let before: number | null = null
  let after: number | null = null
  // What is added to a new file, or taken from a deleted one, counts from its beginning.
  if (!diff.startsWith('@@')) [before, after] = [1, 1]
  const next = (number: number | null): number | null => (number === null ? null : number + 1)
  return linesOfDiff(diff).map((line): DiffLine => {
    const [sign, text] = [line[0] ?? ' ', line.slice(1)]
    if (line.startsWith('@@')) {
      const [, from, to] = /^@@ -(\d{1,9})(?:,\d{1,9})? \+(\d{1,9})/.exec(line) ?? []
      ;[before, after] = [from === undefined ? null : Number(from), to === undefined ? null : Number(to)]
      return { kind: 'hunk', before: null, after: null, text: line }
    }
    if (sign === '\\') return { kind: 'note', before: null, after: null, text: line }
    if (sign === '+') {
      const at = after
      after = next(after)
      return { kind: 'added', before: null, after: at, text }
    }
    const at = before
    before = next(before)
    if (sign === '-') return { kind: 'removed', before: at, after: null, text }
    const also = after
    after = next(after)
    return { kind: 'same', before: at, after: also, text }
  })
}
