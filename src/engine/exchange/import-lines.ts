import { ImportError } from './import-error.ts'

export interface Line {
  /** From 1. */
  readonly number: number
  /** Empty where it is too long. */
  readonly bytes: Buffer
  readonly isTooLong: boolean
}

/** One JSON document, or one line of a file of lines. */
export const mostDocumentBytes = 128 * 1024 * 1024

/**
 * The lines that hold more than blanks, without a byte order mark: others are counted, and cost nothing else. Those that end in one chunk
 * come together, for to wait for each of millions takes longer than to read it. Where the content breaks off, the error says behind
 * which line.
 */
export async function* linesOf(content: AsyncIterable<Buffer>): AsyncGenerator<readonly Line[], void> {
  let number = 1
  let pieces: Buffer[] = []
  let length = 0
  const lineOf = (last: Buffer): Line | null => {
    if (length + last.length > mostDocumentBytes) return { number, bytes: Buffer.alloc(0), isTooLong: true }
    const bytes = withoutMark(pieces.length === 0 ? last : Buffer.concat([...pieces, last]), number)
    return isFilled(bytes) ? { number, bytes, isTooLong: false } : null
  }
  try {
    for await (const chunk of content) {
      const lines: Line[] = []
      let from = 0
      for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, from)) {
        const line = length > 0 || end > from ? lineOf(chunk.subarray(from, end)) : null
        if (line !== null) lines.push(line)
        pieces = []
        length = 0
        number++
        from = end + 1
      }
      if (from < chunk.length) pieces.push(chunk.subarray(from))
      length += chunk.length - from
      if (length > mostDocumentBytes) pieces = []
      if (lines.length > 0) yield lines
    }
  } catch (error) {
    if (!(error instanceof ImportError) || number === 1) throw error
    throw new ImportError(`from line ${number} on: ${error.message}`, { cause: error })
  }
  const line = lineOf(Buffer.alloc(0))
  if (line !== null) yield [line]
}

function withoutMark(bytes: Buffer, number: number): Buffer {
  const hasMark = number === 1 && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf
  return hasMark ? bytes.subarray(3) : bytes
}

function isFilled(bytes: Buffer): boolean {
  for (let at = 0; at < bytes.length; at++) if ((bytes[at] as number) > 0x20) return true
  return false
}
