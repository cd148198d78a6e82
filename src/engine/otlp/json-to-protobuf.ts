import protobuf from 'protobufjs'
import type { Signal } from '../../model/signal.ts'
import { jsonExcess } from './json-bounds.ts'
import { writeScalar } from './json-scalars.ts'
import { quoteLongIntegers } from './long-integers.ts'
import { MalformedBody } from './malformed.ts'
import { checkMembers } from './other-signal.ts'
import { requestType } from './schema.ts'
import { deepestNesting, shapeOf, type FieldShape, type Shape } from './shape.ts'

/**
 * An OTLP/JSON request body as protobuf bytes, fields in number order. Throws MalformedBody, with the path of the value
 * at fault. Unknown fields are ignored and null is absent (protobuf's "JSON Mapping"; OTLP specification, "JSON Protobuf Encoding").
 */
export function jsonToProtobuf(signal: Signal, bytes: Uint8Array): Uint8Array {
  const writer = new MessageWriter()
  const request = parseJson(bytes)
  if (isObject(request)) checkMembers(request, signal)
  try {
    writer.message(shapeOf(requestType(signal)), request)
    writer.checkNulls()
  } catch (error) {
    if (error instanceof RangeError) throw new MalformedBody(`body: ${error.message}`, { cause: error })
    throw error
  }
  return writer.finish()
}

/** A message that came from such bytes, as bytes again. */
export function messageToProtobuf(type: protobuf.Type, message: unknown): Uint8Array {
  const writer = new MessageWriter()
  writer.message(shapeOf(type), message)
  return writer.finish()
}

function parseJson(bytes: Uint8Array): unknown {
  const excess = jsonExcess(bytes)
  if (excess !== null) throw new MalformedBody(`body: ${excess}`)
  const text = decodeText(bytes)
  try {
    return JSON.parse(quoteLongIntegers(text))
  } catch (error) {
    throw new MalformedBody(`body: not JSON: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    })
  }
}

function decodeText(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (error) {
    throw new MalformedBody('body: not UTF-8', { cause: error })
  }
}

/** What holds records, down to a metric, which holds points. */
const groups: ReadonlySet<string> = new Set([
  ...['ResourceSpans', 'ResourceLogs', 'ResourceMetrics', 'ScopeSpans', 'ScopeLogs', 'ScopeMetrics', 'Metric'],
])
const records: ReadonlySet<string> = new Set([
  ...[
    'Span',
    'LogRecord',
    'NumberDataPoint',
    'HistogramDataPoint',
    'ExponentialHistogramDataPoint',
    'SummaryDataPoint',
  ],
])
/** Of a field that no version has any more. */
const unknownTag = (1000 << 3) | 2
const nothing = new Uint8Array()

/**
 * Whether something is in a member that OTLP does not have. It stays unknown in the bytes, so that a group which only holds such is
 * told from an empty one.
 */
function holdsUnknown({ fields }: Shape, value: Readonly<Record<string, unknown>>): boolean {
  return Object.entries(value).some(
    ([name, member]) =>
      typeof member === 'object' &&
      member !== null &&
      Object.keys(member).length > 0 &&
      !fields.some((field) => name === field.name || name === field.protoName),
  )
}

class MessageWriter {
  readonly #writer = protobuf.Writer.create()
  /** Where the walk is: field names and list positions. */
  readonly #path: (string | number)[] = []
  /** How many AnyValue messages are open. */
  #depth = 0
  /** Where the first null stood in place of a record, or of what holds some. */
  #firstNull: string | null = null
  #holdsRecords = false

  finish(): Uint8Array {
    return this.#writer.finish()
  }

  /** Throws where nulls are all that came in place of records: read as none, they would be lost without a word. */
  checkNulls(): void {
    if (this.#firstNull !== null && !this.#holdsRecords)
      throw new MalformedBody(`${this.#firstNull}: null, and there is no record beside it`)
  }

  message(shape: Shape, value: unknown): void {
    if (!isObject(value)) this.#fail('not an object')
    const isAnyValue = shape.name === 'AnyValue'
    if (isAnyValue && ++this.#depth > deepestNesting) this.#fail(`nested deeper than ${deepestNesting}`)
    for (const field of shape.fields) {
      const member = value[field.name] ?? value[field.protoName]
      if (member === undefined || member === null) continue
      if (field.repeated) this.#list(field, member)
      else if (field.message) this.#nested(field, field.message, field.name, member)
      else this.#scalar(field, member)
    }
    if (groups.has(shape.name) && holdsUnknown(shape, value)) this.#writer.uint32(unknownTag).bytes(nothing)
    if (isAnyValue) this.#depth--
  }

  #nested(field: FieldShape, shape: Shape, step: string | number, value: unknown): void {
    this.#path.push(step)
    this.#writer.uint32(field.tag).fork()
    this.message(shape, value)
    this.#writer.ldelim()
    this.#path.pop()
  }

  #scalar(field: FieldShape, value: unknown): void {
    const problem = writeScalar(this.#writer, field, value, field.presence ? 'always' : 'unless default')
    if (problem) this.#fail(problem, field.name)
  }

  #list(field: FieldShape, list: unknown): void {
    if (!Array.isArray(list)) this.#fail('not a list', field.name)
    if (list.length === 0) return
    this.#path.push(field.name)
    if (field.packed) this.#writer.uint32((field.number << 3) | 2).fork()
    for (let position = 0; position < list.length; position++) {
      const item: unknown = list[position]
      if (field.message) this.#item(field, field.message, position, item)
      else {
        const problem = writeScalar(this.#writer, field, item, field.packed ? 'bare' : 'always')
        if (problem) this.#fail(problem, position)
      }
    }
    if (field.packed) this.#writer.ldelim()
    this.#path.pop()
  }

  #item(field: FieldShape, shape: Shape, position: number, item: unknown): void {
    // A null in a list of values is an empty value: to leave it out would move those behind it.
    if (item === null && shape.name === 'AnyValue') this.#nested(field, shape, position, {})
    else if (item !== null) {
      this.#holdsRecords ||= records.has(shape.name)
      this.#nested(field, shape, position, item)
    } else if (records.has(shape.name) || groups.has(shape.name))
      this.#firstNull ??= pathText([...this.#path, position])
  }

  #fail(problem: string, ...steps: (string | number)[]): never {
    throw new MalformedBody(`${pathText([...this.#path, ...steps])}: ${problem}`)
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function pathText(path: readonly (string | number)[]): string {
  if (path.length === 0) return 'body'
  return path.map((step, index) => (typeof step === 'number' ? `[${step}]` : index > 0 ? `.${step}` : step)).join('')
}
