import type { Privacy } from '../../contract/settings.ts'
import { contentRedactor, type ContentRedactor } from '../../model/exchange/redact-content.ts'
import { isEmailKey } from '../../model/exchange/redact-record.ts'
import { emailMark, textRedactor } from '../../model/exchange/redact-text.ts'
import type { RedactionKind } from '../../model/exchange/redaction.ts'
import type { Json } from '../../model/exchange/record-json.ts'
import { contentOf, contentOfEvent, noContent, type Content } from '../../model/genai/content.ts'
import type { Signal } from '../../model/signal.ts'
import { applyEdits, varintOf, type Edit } from './edits.ts'
import { messageToProtobuf } from './json-to-protobuf.ts'
import { AnyValue, requestType } from './schema.ts'
import { shapeOf, type Shape } from './shape.ts'
import { toJson } from './to-json.ts'
import { Cursor } from './wire/cursor.ts'

const nothing = new Uint8Array(0)
const silent = { note: () => undefined }

/** Takes out of a request body what the switches name; `edited` says how many values that were. */
export type PrivacyFilter = (signal: Signal, body: Uint8Array) => { body: Uint8Array; edited: number }

/**
 * Prompts, arguments and outputs are known by the families of their names (model/genai/content.ts), wherever they stand: attributes of
 * spans, events, links, logs, scopes and resources, bodies of logs, and whatever is in these. An e-mail address is known by its form, in any text.
 * The body must be within the limits (limits.ts), which bound its nesting. A body that holds none of it is returned itself.
 */
export function privacyFilter(privacy: Privacy): PrivacyFilter {
  const kinds = new Set<RedactionKind>()
  if (privacy.dropPrompts) kinds.add('prompts')
  if (privacy.dropArguments) kinds.add('arguments')
  if (privacy.dropOutputs) kinds.add('output')
  if (kinds.size === 0 && !privacy.maskEmail) return (_, body) => ({ body, edited: 0 })
  return (signal, body) => {
    const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength)
    const masksEmail = privacy.maskEmail && bytes.includes(at)
    if (kinds.size === 0 && !masksEmail) return { body, edited: 0 }
    const eraser = new Eraser(bytes, kinds, masksEmail)
    const growth = eraser.walk(shapeOf(requestType(signal)), bytes.length)
    return eraser.edits.length === 0
      ? { body, edited: 0 }
      : { body: applyEdits(bytes, eraser.edits, growth), edited: eraser.edited }
  }
}

const at = 0x40
const maskEmails = textRedactor(new Set<RedactionKind>(['email']), [], silent)
const valueToJson = toJson(AnyValue)

/** What stands around a value: the kinds that its name says it holds, and whether it was looked through already. */
interface Around {
  readonly held: Content
  readonly isEmail: boolean
  readonly seen: boolean
}

const plainly: Around = { held: noContent, isEmail: false, seen: false }
const alreadySeen: Around = { ...plainly, seen: true }

class Eraser {
  /** In the order of their places. */
  readonly edits: Edit[] = []
  edited = 0
  readonly #cursor: Cursor
  readonly #kinds: ReadonlySet<RedactionKind>
  readonly #redact: ContentRedactor
  readonly #masksEmail: boolean

  constructor(body: Buffer, kinds: ReadonlySet<RedactionKind>, masksEmail: boolean) {
    this.#cursor = new Cursor(body)
    this.#kinds = kinds
    this.#redact = contentRedactor(kinds, () => this.edited++)
    this.#masksEmail = masksEmail
  }

  /** Walks the message that ends at `end`. Returns by how many bytes it grows. */
  walk(shape: Shape, end: number, seen = false): number {
    const cursor = this.#cursor
    const around = seen ? alreadySeen : this.#around(shape, end)
    let growth = 0
    while (cursor.position < end) {
      const tag = cursor.tag()
      const field = (tag & 7) === 2 ? shape.byNumber[tag >>> 3] : undefined
      if (field === undefined) {
        cursor.skip(tag & 7)
        continue
      }
      const lengthAt = cursor.position
      const contentEnd = cursor.length() + cursor.position
      if (field.message?.name === 'AnyValue') growth += this.#value(field.message, around, lengthAt, contentEnd)
      else if (field.message !== null) growth += this.#nested(field.message, lengthAt, contentEnd, around.seen)
      else if (this.#masksEmail && field.kind === 'string') growth += this.#mask(lengthAt, contentEnd)
      cursor.position = contentEnd
    }
    return growth
  }

  /** What the name of the pair, or of the log, in [position, end) says of its value; of a name given twice the last counts. */
  #around(shape: Shape, end: number): Around {
    if (shape.name === 'KeyValue') {
      const key = textOf(this.#cursor, keyTag, end)
      return { held: contentOf(key), isEmail: this.#masksEmail && isEmailKey(key), seen: false }
    }
    return shape.name === 'LogRecord' ? { ...plainly, held: contentOfEvent(this.#eventName(shape, end)) } : plainly
  }

  #eventName(shape: Shape, end: number): string {
    const cursor = this.#cursor
    const start = cursor.position
    let own = ''
    let attribute = ''
    while (cursor.position < end) {
      const tag = cursor.tag()
      const field = (tag & 7) === 2 ? shape.byNumber[tag >>> 3] : undefined
      if (field?.name === 'eventName') own = cursor.text()
      else if (field?.name === 'attributes') {
        const pairEnd = cursor.length() + cursor.position
        if (textOf(cursor, keyTag, pairEnd) === 'event.name') attribute = eventNameIn(cursor, pairEnd)
        cursor.position = pairEnd
      } else cursor.skip(tag & 7)
    }
    cursor.position = start
    return own === '' ? attribute : own
  }

  #nested(shape: Shape, lengthAt: number, end: number, seen: boolean): number {
    const start = this.#cursor.position
    const lengthEdit: Edit = { start: lengthAt, end: start, bytes: nothing }
    this.edits.push(lengthEdit)
    const growth = this.walk(shape, end, seen)
    if (this.edits.at(-1) === lengthEdit) {
      this.edits.pop()
      return 0
    }
    lengthEdit.bytes = varintOf(end - start + growth)
    return growth + lengthEdit.bytes.length - (start - lengthAt)
  }

  /** The AnyValue whose length stands at `lengthAt`. */
  #value(shape: Shape, { held, isEmail, seen }: Around, lengthAt: number, end: number): number {
    const { buffer, position } = this.#cursor
    if (position === end) return 0
    const isSwitched = isEmail || held.is.some((kind) => this.#kinds.has(kind))
    if (!seen && (isSwitched || (this.#kinds.size > 0 && mayHold(buffer, position, end)))) {
      const value = valueToJson(buffer.subarray(position, end)) as Json
      const before = this.edited
      const redacted = isEmail ? this.#asEmail(value) : this.#redact(value, held)
      if (redacted !== value || isSwitched) {
        const after = this.#masksEmail && !isEmail ? this.#masked(redacted) : redacted
        const bytes = messageToProtobuf(AnyValue(), after)
        if (buffer.compare(bytes, 0, bytes.length, position, end) === 0) return 0
        // What is left of a value that was written in another way than ours is not what was hidden in it.
        if (this.edited === before) this.edited++
        return this.#replace(bytes, lengthAt, end)
      }
    }
    return this.#masksEmail ? this.#nested(shape, lengthAt, end, true) : 0
  }

  #asEmail(value: Json): Json {
    const text = typeof value === 'object' && value !== null && !Array.isArray(value) ? value['stringValue'] : ''
    if (text === '' || text === emailMark) return value
    this.edited++
    return { stringValue: emailMark }
  }

  #masked(value: Json): Json {
    if (Array.isArray(value)) return value.map((item) => this.#masked(item))
    if (typeof value === 'object' && value !== null)
      return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, this.#masked(member)]))
    return typeof value === 'string' ? maskEmails(value, true) : value
  }

  #mask(lengthAt: number, end: number): number {
    const { buffer, position } = this.#cursor
    if (!buffer.subarray(position, end).includes(at)) return 0
    const before = buffer.toString('utf8', position, end)
    const after = maskEmails(before, true)
    if (after === before) return 0
    this.edited++
    return this.#replace(Buffer.from(after), lengthAt, end)
  }

  #replace(content: Uint8Array, lengthAt: number, end: number): number {
    const bytes = Buffer.concat([varintOf(content.length), content])
    this.edits.push({ start: lengthAt, end, bytes })
    return bytes.length - (end - lengthAt)
  }
}

/** KeyValue's key and AnyValue's string_value: field 1, a length before it. KeyValue's value: field 2. */
const keyTag = 0x0a
const textTag = 0x0a
const valueTag = 0x12
const listTag = 0x2a
const mapTag = 0x32
const colon = 0x3a
const equals = 0x3d

/** The text under `wanted` in the message [position, end), of several the last; the cursor stays where it is. */
function textOf(cursor: Cursor, wanted: number, end: number): string {
  const start = cursor.position
  let text = ''
  while (cursor.position < end) {
    const tag = cursor.tag()
    if (tag === wanted) text = cursor.text()
    else cursor.skip(tag & 7)
  }
  cursor.position = start
  return text
}

/** The text that is the value of the pair in [position, end). */
function eventNameIn(cursor: Cursor, end: number): string {
  let name = ''
  while (cursor.position < end) {
    const tag = cursor.tag()
    if (tag !== valueTag) {
      cursor.skip(tag & 7)
      continue
    }
    const valueEnd = cursor.length() + cursor.position
    name = textOf(cursor, textTag, valueEnd)
    cursor.position = valueEnd
  }
  return name
}

/** Whether a value can hold others with names of their own: a list, a map, or a text that writes such. */
function mayHold(buffer: Buffer, start: number, end: number): boolean {
  // A number takes eleven bytes at most; what is longer holds more than it seems to.
  if (buffer[start] !== textTag) return buffer[start] === listTag || buffer[start] === mapTag || end - start > 11
  const text = buffer.subarray(start, end)
  return end - start > 6 && (text.includes(colon) || text.includes(equals))
}
