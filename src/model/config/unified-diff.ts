const contextLines = 3
/** Beyond so many cells of the table of common lines, the changed part is shown as removed and written anew. */
const maxCells = 4_000_000

interface Line {
  readonly mark: ' ' | '-' | '+'
  readonly text: string
}

/**
 * The difference of two texts in the unified format of diff(1); empty when they are the same. Line endings count. `show` says what
 * people see of a text, line for line: what it hides still counts as a difference.
 */
export function unifiedDiff(
  before: string,
  after: string,
  names: { readonly before: string; readonly after: string },
  show: (text: string) => string = (text) => text,
): string {
  if (before === after) return ''
  const lines = shown(compare(splitLines(before), splitLines(after)), splitLines(show(before)), splitLines(show(after)))
  return `--- ${names.before}\n+++ ${names.after}\n${hunks(lines).map(hunkText).join('')}`
}

function splitLines(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? []
}

function compare(a: readonly string[], b: readonly string[]): readonly Line[] {
  let start = 0
  while (start < a.length && start < b.length && a[start] === b[start]) start++
  let end = 0
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++
  const same = (text: string): Line => ({ mark: ' ', text })
  return [
    ...a.slice(0, start).map(same),
    ...compareMiddle(a.slice(start, a.length - end), b.slice(start, b.length - end)),
    ...a.slice(a.length - end).map(same),
  ]
}

/** Longest common subsequence, from the end, so that reading it forward gives removals before additions. */
function compareMiddle(a: readonly string[], b: readonly string[]): readonly Line[] {
  const width = b.length + 1
  const isTooLarge = (a.length + 1) * width > maxCells
  const common = new Uint32Array(isTooLarge ? 0 : (a.length + 1) * width)
  const at = (i: number, j: number): number => common[i * width + j] ?? 0
  if (!isTooLarge)
    for (let i = a.length - 1; i >= 0; i--)
      for (let j = b.length - 1; j >= 0; j--)
        common[i * width + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1))
  const lines: Line[] = []
  let [i, j] = [0, 0]
  for (;;) {
    const [removed, added] = [a[i], b[j]]
    if (removed === undefined && added === undefined) return lines
    if (!isTooLarge && removed !== undefined && removed === added) {
      lines.push({ mark: ' ', text: removed })
      i++
      j++
    } else if (removed !== undefined && (added === undefined || at(i + 1, j) >= at(i, j + 1))) {
      lines.push({ mark: '-', text: removed })
      i++
    } else {
      lines.push({ mark: '+', text: added ?? '' })
      j++
    }
  }
}

function shown(lines: readonly Line[], before: readonly string[], after: readonly string[]): readonly Line[] {
  let [i, j] = [0, 0]
  return lines.map(({ mark, text }) => {
    const [old, fresh] = [mark === '+' ? undefined : before[i++], mark === '-' ? undefined : after[j++]]
    // A text that does not parse is shown with more hidden than its successor.
    return { mark, text: fresh ?? old ?? text }
  })
}

interface Hunk {
  readonly lines: readonly Line[]
  readonly beforeStart: number
  readonly afterStart: number
}

function hunks(lines: readonly Line[]): readonly Hunk[] {
  const changed = lines.flatMap(({ mark }, i) => (mark === ' ' ? [] : [i]))
  const ranges: { from: number; to: number }[] = []
  for (const i of changed) {
    const last = ranges.at(-1)
    const from = Math.max(0, i - contextLines)
    const to = Math.min(lines.length, i + contextLines + 1)
    if (last !== undefined && from <= last.to) last.to = to
    else ranges.push({ from, to })
  }
  return ranges.map(({ from, to }) => ({
    lines: lines.slice(from, to),
    beforeStart: count(lines.slice(0, from), '+') + 1,
    afterStart: count(lines.slice(0, from), '-') + 1,
  }))
}

function hunkText({ lines, beforeStart, afterStart }: Hunk): string {
  const [before, after] = [count(lines, '+'), count(lines, '-')]
  const head = `@@ -${range(beforeStart, before)} +${range(afterStart, after)} @@\n`
  return head + lines.map(lineText).join('')
}

/** An empty range names the line before it, as diff(1) does. */
function range(start: number, length: number): string {
  return `${String(length === 0 ? start - 1 : start)},${String(length)}`
}

function lineText({ mark, text }: Line): string {
  return text.endsWith('\n') ? mark + text : `${mark}${text}\n\\ No newline at end of file\n`
}

/** How many lines are on the side that does not have the given mark. */
function count(lines: readonly Line[], without: '+' | '-'): number {
  return lines.filter(({ mark }) => mark !== without).length
}
