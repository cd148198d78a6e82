import type { Attributes } from '../../attributes.ts'

/** What is read of a line without parsing it. */
export interface Payload {
  readonly payload: Attributes
}

const backslash = 92
/** What a text does not stand for itself with. */
// eslint-disable-next-line no-control-regex
const toParse = /[\\\u0000-\u001f]/

/** Goes through a line as long as it is written as expected; where it is not, it stays there, and nothing follows. */
export class LineCursor {
  readonly #line: string
  /** Negative: it is not written so. */
  #at = 0

  constructor(line: string) {
    this.#line = line
  }

  get isAtEnd(): boolean {
    return this.#at === this.#line.length
  }

  mayTake(words: string): boolean {
    const is = this.#at >= 0 && this.#line.startsWith(words, this.#at)
    if (is) this.#at += words.length
    return is
  }

  take(words: string): void {
    if (!this.mayTake(words)) this.#at = -1
  }

  jumpBehind(words: string): void {
    const at = this.#line.indexOf(words)
    this.#at = at < 0 ? -1 : at + words.length
  }

  /** A text of any length, as it is parsed. */
  anyText(key: string): string {
    this.take(key)
    this.take('"')
    if (this.#at < 0) return ''
    const from = this.#at
    let end = this.#line.indexOf('"', from)
    while (end >= 0 && this.#isEscaped(end)) end = this.#line.indexOf('"', end + 1)
    this.#at = end < 0 ? -1 : end + 1
    return end < 0 ? '' : this.#parsed(from, end)
  }

  #parsed(from: number, end: number): string {
    const words = this.#line.slice(from, end)
    if (!toParse.test(words)) return words
    try {
      return JSON.parse(`"${words}"`) as string
    } catch {
      this.#at = -1
      return ''
    }
  }

  #isEscaped(at: number): boolean {
    let before = at
    while (this.#line.charCodeAt(before - 1) === backslash) before--
    return (at - before) % 2 === 1
  }

  /** A list, by what stands behind it: within a text each quotation mark has a backslash before it. */
  passOverList(key: string): void {
    this.take(key)
    if (this.#at >= 0) this.#at = this.#line.indexOf('],"', this.#at) + 1 || -1
  }

  /** What stands in quotation marks behind its key, and what follows it: a comma, where nothing else is said. */
  text(key: string, behind = '",'): string {
    this.take(key)
    if (this.#at < 0) return ''
    const from = this.#at
    this.#at = this.#line.indexOf('"', from)
    const found = this.#at < 0 ? '' : this.#line.slice(from, this.#at)
    this.take(behind)
    // Behind a backslash a quotation mark ends nothing.
    if (found.includes('\\')) this.#at = -1
    return found
  }

  number(key: string, behind = ''): number {
    this.take(key)
    if (this.#at < 0) return 0
    let [at, number] = [this.#at, 0]
    for (let digit = 0; (digit = this.#line.charCodeAt(at) - 48) >= 0 && digit <= 9; at++) number = number * 10 + digit
    const length = at - this.#at
    this.#at = length > 0 && length <= 15 ? at : -1
    if (behind !== '') this.take(behind)
    return number
  }

  /** An object that has none in it. */
  passOver(key: string): void {
    this.take(key)
    if (this.#at >= 0) this.#at = this.#line.indexOf('}', this.#at) + 1 || -1
  }

  /** All that is left but the end; null where it does not end so. */
  rest(end: string): string | null {
    return this.#at >= 0 && this.#line.endsWith(end) ? this.#line.slice(this.#at, -end.length) : null
  }
}
