import { deepestJson } from '../otlp/json-bounds.ts'
import { BytesJoined } from './bytes-joined.ts'
import { documentStart } from './document-start.ts'
import { mostDocumentBytes, type Line } from './import-lines.ts'

/** A JSON object, or what stands in the place of one. */
export interface Piece {
  /** Where it begins, each from 1. */
  readonly line: number
  readonly column: number
  readonly bytes: Buffer
  /** Its brackets are those of an object; only then it may be one. */
  readonly isWhole: boolean
  /** Why it was not looked at, where it was not. */
  readonly excess: string | null
}

const quote = 0x22
const backslash = 0x5c

interface Open {
  readonly line: number
  readonly column: number
  /** It cannot hold another request, so where one begins it was cut off. */
  readonly isRequest: boolean
  /** What closes each list and object that is open. */
  readonly closing: number[]
  inText: boolean
  isBroken: boolean
  /** Of earlier lines. */
  joined: BytesJoined | null
  lastLine: number
}

/**
 * Cuts lines into JSON objects: one over many lines, several on one. What is broken ends where the next one can be told to begin,
 * so it takes no other with it: where a request begins that cannot be part of it, or with the line when that is one of a file of lines.
 */
export class DocumentScan {
  #open: Open | null = null
  /** Within a broken object of many lines: nothing begins but at the start of a line. */
  #isSkipping = false;

  *line({ number, bytes, isTooLong }: Line): Generator<Piece, void> {
    const begins = documentStart(bytes, 0) !== null
    if (this.#isSkipping && !begins && bytes[0] !== 0x7b) return
    this.#isSkipping = false
    if (begins || isTooLong) yield* this.end()
    if (isTooLong) {
      yield { line: number, column: 1, bytes, isWhole: false, excess: 'longer than 128 MiB' }
      return
    }
    let start = 0
    for (let at = 0; at < bytes.length;) {
      if (this.#open === null) {
        if ((bytes[at] as number) <= 0x20) {
          at++
          continue
        }
        this.#open = opened(number, bytes, (start = at))
        at++
        continue
      }
      const open = this.#open
      at = advance(open, bytes, at)
      if (at >= bytes.length && !isClosed(open)) break
      yield closed(open, bytes.subarray(start, at), number)
      this.#open = null
      start = at
    }
    if (this.#open !== null) yield* this.#endLine(this.#open, bytes.subarray(start), number)
  }

  /** What is open has nothing behind it. */
  *end(): Generator<Piece, void> {
    if (this.#open !== null) yield closed(this.#open, Buffer.alloc(0), this.#open.lastLine)
    this.#open = null
  }

  *#endLine(open: Open, rest: Buffer, number: number): Generator<Piece, void> {
    if (open.isBroken || open.inText) {
      this.#open = null
      this.#isSkipping = open.joined !== null
      yield closed(open, rest, number)
      return
    }
    open.joined ??= new BytesJoined()
    open.joined.addLines(number - open.lastLine)
    open.joined.add(rest)
    open.lastLine = number
    if (open.joined.length <= mostDocumentBytes) return
    this.#open = null
    this.#isSkipping = true
    const excess = 'one document of more than 128 MiB: split into OTLP/JSON lines it may be longer'
    yield { line: open.line, column: open.column, bytes: Buffer.alloc(0), isWhole: false, excess }
  }
}

function opened(line: number, bytes: Buffer, at: number): Open {
  const isObject = bytes[at] === 0x7b
  return {
    ...{ line, column: at + 1, isRequest: documentStart(bytes, at) === 'request', lastLine: line, joined: null },
    ...{ closing: isObject ? [0x7d] : [], inText: false, isBroken: !isObject },
  }
}

function isClosed({ closing, isBroken }: Open): boolean {
  return closing.length === 0 && !isBroken
}

/** The place behind the object, or where another begins inside of it, or the end of the line. */
function advance(open: Open, bytes: Buffer, from: number): number {
  const { closing } = open
  for (let at = from; at < bytes.length; at++) {
    const byte = bytes[at]
    if (byte === 0x7b) {
      const start = documentStart(bytes, at)
      if (start !== null && (open.inText || open.isBroken || (open.isRequest && start === 'request'))) {
        open.isBroken = true
        return at
      }
    }
    if (open.isBroken) continue
    if (byte === quote) open.inText = !open.inText
    else if (open.inText) {
      if (byte === backslash) at++
    } else if (byte === 0x7b || byte === 0x5b) {
      closing.push(byte + 2)
      open.isBroken = closing.length > deepestJson
    } else if (byte === 0x7d || byte === 0x5d) {
      open.isBroken = closing.pop() !== byte
      if (isClosed(open)) return at + 1
    }
  }
  return bytes.length
}

function closed(open: Open, rest: Buffer, line: number): Piece {
  const isWhole = isClosed(open)
  let bytes = rest
  if (open.joined !== null) {
    open.joined.addLines(line - open.lastLine)
    open.joined.add(rest)
    bytes = open.joined.whole()
  }
  return { line: open.line, column: open.column, bytes, isWhole, excess: null }
}
