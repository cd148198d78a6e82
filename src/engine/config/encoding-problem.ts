import { isUtf8 } from 'node:buffer'
import type { ConfigProblem } from '../../contract/config.ts'

const newline = 0x0a

/** Why bytes are no UTF-8 text, and in which line; null where they are. Codex reads UTF-8 alone, as TOML has it. */
export function encodingProblem(bytes: Buffer): ConfigProblem | null {
  const wide = wideEncoding(bytes)
  if (wide !== null)
    return {
      message: `the file is ${wide}: save it as UTF-8, which is what TOML and Codex take`,
      line: 1,
      column: null,
    }
  const nul = bytes.indexOf(0)
  if (nul >= 0)
    return { message: 'there is a NUL in it: this is not a text file', line: lineAt(bytes, nul), column: null }
  const wrong = firstWrongByte(bytes)
  if (wrong === null) return null
  const byte = (bytes[wrong] ?? 0).toString(16).toUpperCase().padStart(2, '0')
  return { message: `the file is not UTF-8 text: byte 0x${byte}`, line: lineAt(bytes, wrong), column: null }
}

/** By its mark, or, without one, by the zero in every second byte that ASCII has there. */
function wideEncoding(bytes: Buffer): string | null {
  const [a, b, c, d] = bytes
  if (a === 0xff && b === 0xfe) return c === 0 && d === 0 ? 'UTF-32' : 'UTF-16'
  if (a === 0xfe && b === 0xff) return 'UTF-16'
  const head = bytes.subarray(0, 64)
  if (head.length < 4 || head.length % 2 !== 0) return null
  const zeros = (from: 0 | 1): boolean => head.every((byte, i) => i % 2 !== from || byte === 0)
  const text = (from: 0 | 1): boolean => head.every((byte, i) => i % 2 !== from || byte !== 0)
  return (zeros(1) && text(0)) || (zeros(0) && text(1)) ? 'UTF-16' : null
}

/** The first byte that no character of UTF-8 has there. */
function firstWrongByte(bytes: Buffer): number | null {
  if (isUtf8(bytes)) return null
  // Halving: the text up to the character before the wrong byte is UTF-8, and any longer one is not.
  let [whole, broken] = [0, bytes.length]
  while (broken - whole > 1) {
    const middle = (whole + broken) >> 1
    if (isUtf8(bytes.subarray(0, characterStart(bytes, middle)))) whole = middle
    else broken = middle
  }
  const wrong = bytes.findIndex((byte, i) => i >= characterStart(bytes, whole) && byte > 0x7f)
  return Math.max(0, wrong)
}

/** So that a text which is cut here is not cut within a character. */
function characterStart(bytes: Buffer, at: number): number {
  let start = at
  while (start > at - 4 && start > 0 && ((bytes[start] ?? 0) & 0xc0) === 0x80) start--
  return start
}

function lineAt(bytes: Buffer, offset: number): number {
  let line = 1
  for (let at = bytes.indexOf(newline); at >= 0 && at < offset; at = bytes.indexOf(newline, at + 1)) line++
  return line
}
