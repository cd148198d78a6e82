import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { changedStretch, lineEnding } from '../../../../src/renderer/parts/code-editor/line-ending.ts'

const texts = fc
  .array(fc.constantFrom('a', 'b', '\n', '\r\n', '\r', 'é'), { maxLength: 12 })
  .map((parts) => parts.join(''))

describe('a text in the editor', () => {
  it('comes back with every line ending that it had', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const separator = lineEnding(text)
        expect(text.split(separator).join(separator)).toBe(text)
        // Within a line no break is left that the editor would count as one.
        expect(text.split(separator).some((line) => line.includes('\n'))).toBe(false)
      }),
    )
  })

  it('is broken at CRLF where every line is, so that a new line gets one too', () => {
    expect(lineEnding('a\r\nb\r\n')).toBe('\r\n')
    expect(lineEnding('a\r\nb\n')).toBe('\n')
    expect(lineEnding('')).toBe('\n')
  })

  it('is changed in one stretch, and by no more than differs', () => {
    fc.assert(
      fc.property(texts, texts, (before, after) => {
        const change = changedStretch(before, after)
        if (change === null) {
          expect(before).toBe(after)
          return
        }
        expect(before.slice(0, change.from) + change.insert + before.slice(change.to)).toBe(after)
        expect(before[change.from] ?? '').not.toBe(change.insert[0] ?? '')
      }),
    )
  })
})
