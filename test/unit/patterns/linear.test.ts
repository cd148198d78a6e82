import { expect, test } from 'vitest'
import { emailPattern, homePatterns, textRedactor } from '../../../src/model/exchange/redact-text.ts'
import { redactionKind } from '../../../src/model/exchange/redaction.ts'
import { secretPatterns } from '../../../src/model/exchange/secrets.ts'
import { noTally } from '../../../src/model/exchange/tally.ts'
import { attacksOn, fastestMs } from './attacks.ts'
import { literalPatterns } from './source-patterns.ts'

const kib = 1024
/** 10 KiB take a linear pattern a millisecond at most, and one that takes the square some hundreds. */
const slowMs = 40

/** Every pattern that redaction runs over texts of any length. */
const redacting: readonly (readonly [name: string, pattern: RegExp])[] = [
  ...secretPatterns.map(({ name, pattern }) => [name, pattern] as const),
  ['e-mail address', emailPattern],
  ...homePatterns.map((pattern, i) => [`home ${String(i)}`, pattern] as const),
]

function run(pattern: RegExp, text: string): void {
  pattern.lastIndex = 0
  text.replace(pattern, '')
}

/** The repetition that takes a pattern longest, or the first one of 10 KiB that takes longer than any should. */
function worstOf(pattern: RegExp): { readonly text: string; readonly ms: number } {
  let worst = { text: '', ms: 0 }
  // First short ones: a pattern that takes twice as long for each further character would never end.
  for (const length of [28, 10 * kib])
    for (const text of attacksOn(pattern, length)) {
      const ms = fastestMs(() => {
        run(pattern, text)
      }, slowMs)
      if (ms > worst.ms || worst.text.length < length) worst = { text, ms }
      if (ms > slowMs) return worst
    }
  return worst
}

/** As a person would look for it in the source. */
const shown = (pattern: RegExp, text: string): string => `${String(pattern)} over ${JSON.stringify(text.slice(0, 40))}…`

test('no pattern in the sources takes the square of the length of a text', () => {
  const patterns = literalPatterns()
  expect(patterns.length).toBeGreaterThan(100)
  const slow = patterns.flatMap(({ where, pattern }) => {
    const { text, ms } = worstOf(pattern)
    return ms > slowMs ? [`${where}: ${shown(pattern, text)}: ${ms.toFixed(0)} ms`] : []
  })
  expect(slow).toEqual([])
})

test.each(redacting)('%s is looked for in 1 MiB of its worst repetition in a moment', (_name, pattern) => {
  const { text, ms } = worstOf(pattern)
  expect(ms, shown(pattern, text)).toBeLessThan(slowMs)
  const mebibyte = text.repeat(Math.ceil((kib * kib) / text.length))
  const [head] = text
  for (const long of [mebibyte, String(head).repeat(kib * kib)])
    expect(
      fastestMs(() => {
        run(pattern, long)
      }, 300),
      shown(pattern, long),
    ).toBeLessThan(300)
})

test.each(['a-', 'a.', '/', '\\', '@a', 'token ', 'https://a:', '-----BEGIN A PRIVATE KEY-----', 'eyJaaaaaaaaaa.'])(
  'redacting 1 MiB of %s takes a moment',
  (piece) => {
    const redact = textRedactor(new Set(redactionKind.options), ['/home/ada/shop', '/'.repeat(30_000) + 'a'], noTally)
    const text = piece.repeat((kib * kib) / piece.length)
    expect(fastestMs(() => redact(text), 1000)).toBeLessThan(1000)
  },
)

test('redacting a text of a session that worked in thousands of folders takes a moment', () => {
  const folders = Array.from({ length: 5000 }, (_, i) => `/home/ada/shop-${String(i)}/sub`)
  const redact = textRedactor(new Set(redactionKind.options), folders, noTally)
  const text = '/home/ada/shop-'.repeat(16 * kib)
  expect(fastestMs(() => redact(text), 1000)).toBeLessThan(1000)
})
