import type { LeftOut } from '../../contract/exchange.ts'

/** So many places are named; a file of nothing else is told by their count. */
const mostNamed = 20

/** What of a file is not stored, as it is found. */
export class LeftOutList {
  #count = 0
  readonly #named: { line: number | null; reason: string }[] = []
  #records: { readonly line: number | null; count: number; readonly named: { reason: string } | null } | null = null

  /** The reason is asked for only where it will be told. */
  add(line: number | null, reason: () => string): void {
    this.#count++
    // Without a line it is said of the whole file: why the rest was not looked at.
    if (line === null || this.#named.length < mostNamed) this.#named.push({ line, reason: reason() })
  }

  /** Records of a line that is stored otherwise, which may come in several bodies. */
  addRecords(line: number | null, count: number): void {
    if (this.#records?.line !== line) {
      this.add(line, () => '')
      const named = this.#count <= mostNamed ? (this.#named.at(-1) ?? null) : null
      this.#records = { line, count: 0, named }
    }
    this.#records.count += count
    const { named, count: sum } = this.#records
    if (named !== null)
      named.reason = `${line === null ? '' : `line ${line}: `}${sum} ${sum === 1 ? 'span' : 'spans'} without a valid trace and span id`
  }

  result(): LeftOut {
    return { count: this.#count, first: this.#named }
  }
}
