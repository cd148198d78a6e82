import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LineScanner } from '../../../../src/engine/history/line-scanner.ts'

interface Scanned {
  readonly lines: { offset: number; text: string }[]
  readonly tooLong: number[]
  readonly end: number
}

/** All lines but those that begin with `-`, with the content given in pieces that end at `cuts`. */
function scan(content: string, cuts: readonly number[], longestBytes = 1000): Scanned {
  const bytes = Buffer.from(content)
  const scanned: Scanned = { lines: [], tooLong: [], end: 0 }
  const scanner = new LineScanner({
    beginningBytes: 4,
    longestBytes,
    wants: (beginning) => !beginning.startsWith('-'),
    line: ({ place, text }) => scanned.lines.push({ offset: place.offset, text: text() }),
    tooLong: ({ offset }) => scanned.tooLong.push(offset),
  })
  const bounds = [0, ...[...cuts].map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length]
  for (const [i, from] of bounds.slice(0, -1).entries()) {
    // Each piece is overwritten afterwards, as a reader's buffer is.
    const piece = Buffer.from(bytes.subarray(from, bounds[i + 1]))
    scanner.push(piece)
    piece.fill(0)
  }
  return { ...scanned, end: scanner.end }
}

describe('the lines of a file', () => {
  it('are the same however its bytes arrive', () => {
    const line = fc.oneof(fc.string({ maxLength: 12, unit: fc.constantFrom('a', '-', 'ä', '✓', ' ') }), fc.constant(''))
    fc.assert(
      fc.property(
        fc.array(line, { maxLength: 8 }),
        fc.boolean(),
        fc.array(fc.nat(200), { maxLength: 6 }),
        (lines, ends, cuts) => {
          const content = lines.join('\n') + (ends ? '\n' : '')
          expect(scan(content, cuts)).toEqual(scan(content, []))
        },
      ),
    )
  })

  it('end with a newline: a half-written one waits', () => {
    expect(scan('one\ntwo', [])).toEqual({ lines: [{ offset: 0, text: 'one' }], tooLong: [], end: 4 })
  })

  it('that are longer than can be are told, and cost no memory of their own', () => {
    const long = 'x'.repeat(50)
    expect(scan(`one\n${long}\ntwo\n`, [10, 20, 30], 20)).toEqual({
      lines: [
        { offset: 0, text: 'one' },
        { offset: 55, text: 'two' },
      ],
      tooLong: [4],
      end: 59,
    })
  })

  it('that nobody wants are passed over by their first bytes, however long they are', () => {
    expect(scan(`-${'x'.repeat(50)}\ntwo\n`, [10, 20, 30], 20)).toEqual({
      lines: [{ offset: 52, text: 'two' }],
      tooLong: [],
      end: 56,
    })
  })
})
