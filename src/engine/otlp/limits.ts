import type { Signal } from '../../model/signal.ts'
import { applyEdits, varintOf, type Edit } from './edits.ts'
import { planOf, type Plan, type PlanField } from './limit-plan.ts'
import { requestType } from './schema.ts'
import { deepestNesting } from './shape.ts'
import { Cursor } from './wire/cursor.ts'

export interface Limits {
  /** Arrays and maps inside each other, in one value; 255 at most. */
  readonly maxDepth: number
  /** In one list: of a span, event, link, log record, data point, exemplar, metric, scope or resource. */
  readonly maxAttributes: number
  /** Of any text and of any bytes value, in bytes, what says that it was cut included. */
  readonly maxStringBytes: number
}

export const defaultLimits: Limits = { maxDepth: 64, maxAttributes: 1024, maxStringBytes: 4 * 1024 * 1024 }

/** Room in a cut text for its suffix, so that a text cut once is within a limit of this size or more, and is not cut again. */
const suffixRoom = 40

const nothing = new Uint8Array(0)
/** AnyValue's string_value. */
const textValueTag = 0x0a

/**
 * Cuts what is over a limit out of a request body: long texts are shortened and say by how much, values nested too deep
 * become a text that says so, surplus attributes are dropped and added to the dropped count of their record. `cut` says
 * how many values that were. A body within the limits is returned itself; unknown fields stay as they are.
 * One pass, linear in the body's length; throws MalformedBody. Messages too short to be over a limit are not looked into.
 */
export function cutToLimits(signal: Signal, body: Uint8Array, limits: Limits): { body: Uint8Array; cut: number } {
  const cutter = new Cutter(body, limits)
  const growth = cutter.walk(planOf(requestType(signal)), body.length, 0)
  if (cutter.edits.length === 0) return { body, cut: 0 }
  return { body: applyEdits(body, cutter.edits, growth), cut: cutter.cut }
}

class Cutter {
  /** In the order of their places. */
  readonly edits: Edit[] = []
  cut = 0
  readonly #cursor: Cursor
  readonly #maxDepth: number
  readonly #maxAttributes: number
  readonly #maxStringBytes: number
  /** A shorter message holds no text too long (a byte a byte) and no attributes too many (two bytes each at least). */
  readonly #shortest: number

  constructor(body: Uint8Array, limits: Limits) {
    this.#cursor = new Cursor(body)
    this.#maxDepth = Math.min(limits.maxDepth, deepestNesting - 1)
    this.#maxAttributes = limits.maxAttributes
    this.#maxStringBytes = limits.maxStringBytes
    this.#shortest = Math.min(2 * limits.maxAttributes, limits.maxStringBytes)
  }

  /** Walks the message that ends at `end`, `depth` containers deep in a value. Returns by how many bytes it grows. */
  walk(plan: Plan, end: number, depth: number): number {
    const cursor = this.#cursor
    const outerEnd = cursor.end
    cursor.end = end
    const messageStart = cursor.position
    const editsBefore = this.edits.length
    const cutBefore = this.cut
    // A container inside a container takes four bytes: two tags, two lengths.
    const shortest = Math.min(this.#shortest, 4 * (this.#maxDepth - depth))
    let growth = 0
    let attributes = 0
    let drop: Edit | undefined
    while (cursor.position < end) {
      const start = cursor.position
      const tag = cursor.tag()
      const field = (tag & 7) === 2 ? plan.byNumber[tag >>> 3] : undefined
      if (field === undefined) {
        cursor.skip(tag & 7)
        continue
      }
      const lengthAt = cursor.position
      const length = cursor.length()
      const contentEnd = cursor.position + length
      if (field.counted && ++attributes > this.#maxAttributes) {
        growth -= contentEnd - start
        if (drop?.end === start) drop.end = contentEnd
        else this.edits.push((drop = { start, end: contentEnd, bytes: nothing }))
      } else if (length >= shortest) {
        if (field.container && depth >= this.#maxDepth) {
          this.edits.length = editsBefore
          this.cut = cutBefore
          cursor.end = outerEnd
          return this.#replaceValue(messageStart, end)
        }
        growth += field.plan
          ? this.#nested(field.plan, lengthAt, contentEnd, field.container ? depth + 1 : depth)
          : this.#text(field, lengthAt, contentEnd)
      }
      cursor.position = contentEnd
    }
    if (drop) growth += this.#countDropped(plan, messageStart, attributes - this.#maxAttributes)
    cursor.end = outerEnd
    return growth
  }

  #nested(plan: Plan, lengthAt: number, end: number, depth: number): number {
    const start = this.#cursor.position
    const lengthEdit: Edit = { start: lengthAt, end: start, bytes: nothing }
    this.edits.push(lengthEdit)
    const growth = this.walk(plan, end, depth)
    if (this.edits.at(-1) === lengthEdit) {
      this.edits.pop()
      return 0
    }
    lengthEdit.bytes = varintOf(end - start + growth)
    return growth + lengthEdit.bytes.length - (start - lengthAt)
  }

  #text(field: PlanField, lengthAt: number, end: number): number {
    const { position: start, buffer } = this.#cursor
    if (end - start <= this.#maxStringBytes) return 0
    let kept = Math.max(0, this.#maxStringBytes - suffixRoom)
    // A character has at most three bytes behind its first.
    for (let back = 0; field.text && back < 3 && kept > 0 && isContinuation(buffer[start + kept]); back++) kept--
    const suffix = Buffer.from(` [cut by Colophon: ${end - start - kept} bytes]`)
    const length = varintOf(kept + suffix.length)
    this.edits.push({ start: lengthAt, end: start, bytes: length }, { start: start + kept, end, bytes: suffix })
    this.cut++
    return lengthAt + length.length + kept + suffix.length - end
  }

  /** Puts a text in the place of the AnyValue in [start, end). */
  #replaceValue(start: number, end: number): number {
    const text = Buffer.from(`[cut by Colophon: nested deeper than ${this.#maxDepth}]`)
    const bytes = Buffer.concat([varintOf(textValueTag), varintOf(text.length), text])
    this.edits.push({ start, end, bytes })
    this.cut++
    return bytes.length - (end - start)
  }

  /** Adds to the record's count of dropped attributes by giving it once more: of a field given twice the last counts. */
  #countDropped(plan: Plan, start: number, dropped: number): number {
    this.cut += dropped
    if (plan.droppedTag === 0) return 0
    const cursor = this.#cursor
    let before = 0
    for (cursor.position = start; cursor.position < cursor.end;) {
      const tag = cursor.tag()
      if (tag === plan.droppedTag) before = cursor.varint()
      else cursor.skip(tag & 7)
    }
    const bytes = Buffer.concat([varintOf(plan.droppedTag), varintOf(Math.min(before + dropped, 0xffffffff))])
    this.edits.push({ start: cursor.end, end: cursor.end, bytes })
    return bytes.length
  }
}

function isContinuation(byte: number | undefined): boolean {
  return byte !== undefined && (byte & 0xc0) === 0x80
}
