import { kindOfKey, replacement } from '../../model/exchange/redact-record.ts'
import { textRedactor } from '../../model/exchange/redact-text.ts'
import { redactedText, type RedactionKind } from '../../model/exchange/redaction.ts'
import type { Signal } from '../../model/signal.ts'
import type { Privacy } from '../../contract/settings.ts'
import { applyEdits, varintOf, type Edit } from './edits.ts'
import { requestType } from './schema.ts'
import { shapeOf, type Shape } from './shape.ts'
import { Cursor } from './wire/cursor.ts'

/** Of other command line tools, beside what Codex and the GenAI conventions name. */
const keysOfOthers: Readonly<Record<string, RedactionKind>> = {
  request_text: 'prompts',
  tool_input: 'arguments',
  tool_parameters: 'arguments',
  function_args: 'arguments',
  response_text: 'output',
  'user.email': 'email',
  user_email: 'email',
}

const nothing = new Uint8Array(0)
const silent = { note: () => undefined }

/** Takes out of a request body what the switches name; `edited` says how many values that were. */
export type PrivacyFilter = (signal: Signal, body: Uint8Array) => { body: Uint8Array; edited: number }

/**
 * Prompts, arguments and outputs are known by their attribute's name, wherever it stands; an e-mail address by its form, in any text.
 * The body must be within the limits (limits.ts), which bound its nesting. A body that holds none of it is returned itself.
 */
export function privacyFilter(privacy: Privacy): PrivacyFilter {
  const kinds = new Set<RedactionKind>()
  if (privacy.dropPrompts) kinds.add('prompts')
  if (privacy.dropArguments) kinds.add('arguments')
  if (privacy.dropOutputs) kinds.add('output')
  const keys = new Map(
    Object.entries({ ...kindOfKey, ...keysOfOthers }).filter(
      ([key, kind]) => kinds.has(kind) || (privacy.maskEmail && kind === 'email' && key.includes('email')),
    ),
  )
  if (keys.size === 0) return (_, body) => ({ body, edited: 0 })
  return (signal, body) => {
    const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength)
    const hasEmail = privacy.maskEmail && bytes.includes(at)
    if (!hasEmail && ![...keys.keys()].some((key) => bytes.includes(key))) return { body, edited: 0 }
    const eraser = new Eraser(bytes, keys, hasEmail)
    const growth = eraser.walk(shapeOf(requestType(signal)), bytes.length)
    return eraser.edits.length === 0
      ? { body, edited: 0 }
      : { body: applyEdits(bytes, eraser.edits, growth), edited: eraser.edited }
  }
}

const at = 0x40
const maskEmails = textRedactor(new Set<RedactionKind>(['email']), [], silent)

class Eraser {
  /** In the order of their places. */
  readonly edits: Edit[] = []
  edited = 0
  readonly #cursor: Cursor
  readonly #keys: ReadonlyMap<string, RedactionKind>
  readonly #masksEmail: boolean

  constructor(body: Buffer, keys: ReadonlyMap<string, RedactionKind>, masksEmail: boolean) {
    this.#cursor = new Cursor(body)
    this.#keys = keys
    this.#masksEmail = masksEmail
  }

  /** Walks the message that ends at `end`. Returns by how many bytes it grows. */
  walk(shape: Shape, end: number): number {
    const cursor = this.#cursor
    const kind = shape.name === 'KeyValue' ? this.#kindOf(end) : undefined
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
      if (kind !== undefined && field.message !== null) growth += this.#erase(kind, lengthAt, contentEnd)
      else if (field.message !== null) growth += this.#nested(field.message, lengthAt, contentEnd)
      else if (this.#masksEmail && field.kind === 'string') growth += this.#mask(lengthAt, contentEnd)
      cursor.position = contentEnd
    }
    return growth
  }

  /** What the key of the pair in [position, end) is; of a key given twice the last counts. */
  #kindOf(end: number): RedactionKind | undefined {
    const cursor = this.#cursor
    const start = cursor.position
    let key = ''
    while (cursor.position < end) {
      const tag = cursor.tag()
      if (tag === keyTag) key = cursor.text()
      else cursor.skip(tag & 7)
    }
    cursor.position = start
    return this.#keys.get(key)
  }

  #nested(shape: Shape, lengthAt: number, end: number): number {
    const start = this.#cursor.position
    const lengthEdit: Edit = { start: lengthAt, end: start, bytes: nothing }
    this.edits.push(lengthEdit)
    const growth = this.walk(shape, end)
    if (this.edits.at(-1) === lengthEdit) {
      this.edits.pop()
      return 0
    }
    lengthEdit.bytes = varintOf(end - start + growth)
    return growth + lengthEdit.bytes.length - (start - lengthAt)
  }

  /** Puts a text in the place of the AnyValue whose length stands at `lengthAt`. An empty value has nothing to hide. */
  #erase(kind: RedactionKind, lengthAt: number, end: number): number {
    const { buffer, position } = this.#cursor
    if (position === end) return 0
    const before = buffer[position] === textTag ? textAt(buffer, position + 1, end) : null
    if (before === '') return 0
    const text = Buffer.from(before === null ? redactedText : replacement(kind, before))
    if (before !== null && text.equals(Buffer.from(before))) return 0
    const value = Buffer.concat([varintOf(textTag), varintOf(text.length), text])
    const bytes = Buffer.concat([varintOf(value.length), value])
    this.edits.push({ start: lengthAt, end, bytes })
    this.edited++
    return bytes.length - (end - lengthAt)
  }

  #mask(lengthAt: number, end: number): number {
    const { buffer, position } = this.#cursor
    if (!buffer.subarray(position, end).includes(at)) return 0
    const before = buffer.toString('utf8', position, end)
    const after = maskEmails(before, true)
    if (after === before) return 0
    const text = Buffer.from(after)
    const bytes = Buffer.concat([varintOf(text.length), text])
    this.edits.push({ start: lengthAt, end, bytes })
    this.edited++
    return bytes.length - (end - lengthAt)
  }
}

/** KeyValue's key and AnyValue's string_value: field 1, a length before it. */
const keyTag = 0x0a
const textTag = 0x0a

/** The text whose length stands at `place`, where it fills the value whole; else null. */
function textAt(buffer: Buffer, place: number, end: number): string | null {
  const cursor = new Cursor(buffer, place, end)
  const length = cursor.length()
  return cursor.position + length === end ? buffer.toString('utf8', cursor.position, end) : null
}
