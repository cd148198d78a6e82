import type { Place } from '../../model/codex/rollout/facts.ts'

const newline = 10

export interface ScannedLine {
  readonly place: Place
  /** Its first bytes as Latin-1, at most `beginningBytes`: keys, ids and types are ASCII. */
  readonly beginning: string
  /** The whole line; made only when it is asked for. */
  readonly text: () => string
}

export interface ScanOptions {
  readonly beginningBytes: number
  /** Longer lines are told as too long, and none of their bytes is kept. */
  readonly longestBytes: number
  /** By its beginning: whether the whole line is wanted. One that is not costs nothing, however long it is. */
  readonly wants: (beginning: string) => boolean
  readonly line: (line: ScannedLine) => void
  readonly tooLong: (place: Place) => void
}

/**
 * Finds the lines in pieces of a file. Newlines are looked for in the bytes; a line becomes text when somebody asks for it. A last line
 * without its newline is half written: `end` is where it begins, and where reading goes on later.
 */
export class LineScanner {
  readonly #options: ScanOptions
  /** Where the unfinished line begins. */
  #start: number
  #pieces: Buffer[] = []
  #length = 0
  /** Whether the unfinished line is wanted; null: it is too short to know. */
  #wanted: boolean | null = null

  constructor(options: ScanOptions, offset = 0) {
    this.#options = options
    this.#start = offset
  }

  get end(): number {
    return this.#start
  }

  /** `chunk` may be used again by the caller afterwards: what has to be kept of it is copied. */
  push(chunk: Buffer): void {
    let from = 0
    for (let end = chunk.indexOf(newline); end >= 0; end = chunk.indexOf(newline, from)) {
      if (this.#length === 0) this.#take(chunk, from, end)
      else this.#finish(chunk.subarray(from, end))
      from = end + 1
    }
    if (from < chunk.length) this.#keep(chunk.subarray(from))
  }

  /** A whole line, where it lies: nothing is copied of one that is not wanted but its beginning. */
  #take(bytes: Buffer, from: number, end: number): void {
    const { beginningBytes, longestBytes, wants, line, tooLong } = this.#options
    const place = { offset: this.#start, length: end - from }
    this.#start += place.length + 1
    if (place.length === 0) return
    if (place.length > longestBytes) return tooLong(place)
    const beginning = bytes.toString('latin1', from, Math.min(end, from + beginningBytes))
    if (wants(beginning)) line({ place, beginning, text: () => bytes.toString('utf8', from, end) })
  }

  /** The end of a line that began in a piece before. */
  #finish(last: Buffer): void {
    const [pieces, wanted, length] = [this.#pieces, this.#wanted, this.#length + last.length]
    this.#pieces = []
    this.#length = 0
    this.#wanted = null
    if (wanted !== false && length <= this.#options.longestBytes)
      return this.#take(Buffer.concat([...pieces, last], length), 0, length)
    if (wanted !== false) this.#options.tooLong({ offset: this.#start, length })
    this.#start += length + 1
  }

  #keep(rest: Buffer): void {
    const { beginningBytes, longestBytes, wants } = this.#options
    this.#length += rest.length
    if (this.#wanted === false) return
    this.#pieces.push(Buffer.from(rest))
    if (this.#wanted === null && this.#length >= beginningBytes) {
      this.#wanted = wants(Buffer.concat(this.#pieces).toString('latin1', 0, beginningBytes))
    }
    if (this.#wanted === false || this.#length > longestBytes) this.#pieces = []
  }
}
