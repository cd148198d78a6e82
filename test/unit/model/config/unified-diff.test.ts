import fc from 'fast-check'
import { expect, it } from 'vitest'
import { unifiedDiff } from '../../../../src/model/config/unified-diff.ts'

const names = { before: 'a', after: 'b' }
const texts = fc
  .array(fc.constantFrom('a', 'b', 'c', '', 'd'), { maxLength: 30 })
  .chain((lines) => fc.constantFrom(lines.join('\n'), `${lines.join('\n')}\n`))

it('shows changed lines with three lines around them, as diff(1) does', () => {
  expect(unifiedDiff('1\n2\n3\n4\n5\n6\n7\n8\n9\n', '1\n2\n3\n4\nfive\n6\n7\n8\n9\n', names)).toBe(
    '--- a\n+++ b\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n',
  )
  expect(unifiedDiff('', 'x\n', names)).toBe('--- a\n+++ b\n@@ -0,0 +1,1 @@\n+x\n')
  expect(unifiedDiff('x', 'x\n', names)).toBe('--- a\n+++ b\n@@ -1,1 +1,1 @@\n-x\n\\ No newline at end of file\n+x\n')
  expect(unifiedDiff('same\n', 'same\n', names)).toBe('')
})

it('turns the one text into the other when it is applied', () => {
  fc.assert(
    fc.property(texts, texts, (before, after) => {
      expect(applied(before, unifiedDiff(before, after, names))).toBe(after)
    }),
  )
})

/** A small patch(1): takes hunks at the lines that they name, and insists on the lines that they expect. */
function applied(before: string, diff: string): string {
  const source = before.match(/[^\n]*\n|[^\n]+$/g) ?? []
  const out: string[] = []
  let at = 0
  const lines = diff.split('\n').slice(2, -1)
  for (const [i, line] of lines.entries()) {
    const text = line.slice(1) + (lines[i + 1]?.startsWith('\\') === true ? '' : '\n')
    const [, start = '0', length = '0'] = /^@@ -(\d+),(\d+)/.exec(line) ?? []
    if (line.startsWith('@@')) {
      const from = length === '0' ? Number(start) : Number(start) - 1
      out.push(...source.slice(at, from))
      at = from
    } else if (line.startsWith('+')) out.push(text)
    else if (!line.startsWith('\\')) {
      expect(source[at]).toBe(text)
      if (line.startsWith(' ')) out.push(text)
      at++
    }
  }
  return [...out, ...source.slice(at)].join('')
}
