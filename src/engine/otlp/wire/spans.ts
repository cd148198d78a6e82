import { noAttributes, text, type Attributes } from '../../../model/attributes.ts'
import { sameBytes } from '../../same-bytes.ts'
import { readKeyValue } from './attributes.ts'
import { Cursor } from './cursor.ts'
import { eachRecord, type Sender } from './resource.ts'

/**
 * One span as the index needs it. One object is filled again for every span, so a visitor copies what it keeps.
 * 64-bit values come as two halves, which SQLite joins again: a BigInt a column would cost more than the insert.
 */
export interface SpanView {
  /** Place of the span's length prefix in the body. */
  at: number
  /** Place of the 16 bytes of the trace id, and of the 8 of the span id, in `bytes`; -1 where missing or of another length. */
  traceIdAt: number
  spanIdAt: number
  /** -1 for a root. */
  parentIdAt: number
  nameStart: number
  nameEnd: number
  kind: number
  startHigh: number
  startLow: number
  endHigh: number
  endLow: number
  /** 0 unset, 1 ok, 2 error. */
  status: number
  events: number
  /** Whether an attribute speaks of a conversation, turn or call; only then are attributes worth decoding. */
  linked: boolean
  bytes: Buffer
}

/** Calls `visit` for each span of an ExportTraceServiceRequest, in order. Throws MalformedBody. */
export function eachSpan(bytes: Uint8Array, visit: (span: SpanView, sender: Sender) => void): void {
  const view: SpanView = {
    at: 0,
    traceIdAt: -1,
    spanIdAt: -1,
    parentIdAt: -1,
    nameStart: 0,
    nameEnd: 0,
    kind: 0,
    startHigh: 0,
    startLow: 0,
    endHigh: 0,
    endLow: 0,
    status: 0,
    events: 0,
    linked: false,
    bytes: Buffer.alloc(0),
  }
  eachRecord(bytes, (cursor, sender) => {
    view.bytes = cursor.buffer
    readSpan(cursor, view)
    visit(view, sender)
  })
}

/** Fields 9 and 11 of a span (opentelemetry-proto, trace.proto). */
const attributeTag = 74
const eventTag = 90

function readSpan(cursor: Cursor, view: SpanView): void {
  view.at = cursor.position
  view.traceIdAt = view.spanIdAt = view.parentIdAt = -1
  view.nameStart = view.nameEnd = view.kind = view.status = view.events = 0
  view.startHigh = view.startLow = view.endHigh = view.endLow = 0
  view.linked = false
  const outerEnd = cursor.end
  const end = cursor.length() + cursor.position
  cursor.end = end
  while (cursor.position < end) {
    const tag = cursor.tag()
    switch (tag) {
      case 10:
        view.traceIdAt = idOf(cursor, 16)
        break
      case 18:
        view.spanIdAt = idOf(cursor, 8)
        break
      case 34:
        view.parentIdAt = idOf(cursor, 8)
        break
      case 42: {
        const length = cursor.length()
        view.nameStart = cursor.position
        view.nameEnd = cursor.position += length
        break
      }
      case 48:
        view.kind = cursor.varint()
        break
      case 57: {
        const at = fixed64(cursor)
        view.startLow = cursor.buffer.readUInt32LE(at)
        view.startHigh = cursor.buffer.readUInt32LE(at + 4)
        break
      }
      case 65: {
        const at = fixed64(cursor)
        view.endLow = cursor.buffer.readUInt32LE(at)
        view.endHigh = cursor.buffer.readUInt32LE(at + 4)
        break
      }
      case attributeTag:
        if (skipAttribute(cursor)) view.linked = true
        break
      case eventTag:
        view.events++
        cursor.skip(2)
        break
      case 122:
        view.status = readStatus(cursor)
        break
      default:
        cursor.skip(tag & 7)
    }
  }
  cursor.end = outerEnd
}

/** Place of an id of the right length that is not all zeros; OTLP says that any other is invalid. */
function idOf(cursor: Cursor, length: number): number {
  const actual = cursor.length()
  const at = cursor.position
  cursor.position += actual
  if (actual !== length) return -1
  for (let i = 0; i < length; i++) if (cursor.buffer[at + i] !== 0) return at
  return -1
}

function fixed64(cursor: Cursor): number {
  const at = cursor.position
  cursor.skip(1)
  return at
}

function readStatus(cursor: Cursor): number {
  const end = cursor.length() + cursor.position
  let code = 0
  while (cursor.position < end) {
    const tag = cursor.tag()
    if (tag === 24) code = cursor.varint()
    else cursor.skip(tag & 7)
  }
  return code
}

/** Keys that tie a span to a conversation, a turn or a call (Codex 0.169.0 to 0.171.0). */
export const linkKeyNames: readonly string[] = [
  'conversation.id',
  'thread_id',
  'thread.id',
  'turn.id',
  'turn_id',
  'call_id',
  'tool_call_id',
  'runtime_tool_call_id',
  'rpc.request_id',
  'reason',
]
const linkKeys = new Map<number, readonly Buffer[]>()
for (const key of linkKeyNames) {
  linkKeys.set(key.length, [...(linkKeys.get(key.length) ?? []), Buffer.from(key)])
}
const byLength: readonly (readonly Buffer[] | undefined)[] = Array.from({ length: 32 }, (_, n) => linkKeys.get(n))

/** Skips one attribute; true when its key is a link key. `thread.id` counts only as text: as a number it is an OS thread. */
function skipAttribute(cursor: Cursor): boolean {
  const end = cursor.length() + cursor.position
  const { buffer } = cursor
  const start = cursor.position
  cursor.position = end
  // The key comes first and is shorter than 128 bytes in every encoder known; what does not fit is decoded to be safe.
  if (end - start < 2 || buffer[start] !== 10) return true
  const length = buffer[start + 1] as number
  const candidates = byLength[length]
  if (candidates === undefined) return length >= 128
  const at = start + 2
  if (at + length > end) return true
  for (const key of candidates) {
    if (!sameBytes(buffer, at, key, 0, length)) continue
    const isThreadId = length === 9 && buffer[at + 6] === 0x2e
    return !isThreadId || isText(buffer, at + length, end)
  }
  return false
}

/** Openings of names that other producers give to models, agents, tools and sessions. */
export const genAiOpenings = [
  ...['gen_ai', 'llm', 'ai.', 'openinference.', 'traceloop.', 'langsmith.', 'lk.', 'span.type', 'session.id'],
  ...['langfuse.', 'mlflow.', 'gcp.vertex.agent.', 'anthropic.usage.', 'embedding.model', 'litellm.', 'metadata.'],
  // Of those who follow nobody's convention: a model, and how many tokens.
  ...['model', 'usage', 'token_usage', 'prompt_t', 'promptT', 'input_t', 'inputT', 'output_t', 'outputT', 'total_t'],
  ...['completion_t', 'completionT'],
].map((word) => Buffer.from(word))

/**
 * Whether an attribute of a span that `eachSpan` is visiting speaks of a model, an agent or a session, as applications other than
 * Codex do. Asked of their spans alone: Codex's come by the hundred thousand.
 */
export function speaksOfModels(view: SpanView): boolean {
  const { bytes } = view
  let found = false
  eachField(view, attributeTag, (cursor) => {
    const end = cursor.length() + cursor.position
    const at = cursor.position
    found ||= bytes[at] === 10 && genAiOpenings.some((opening) => sameBytes(bytes, at + 2, opening, 0, opening.length))
    cursor.position = end
  })
  return found
}

/** Calls `visit` for each field under this tag, the cursor on its length; it must stand behind the field afterwards. */
function eachField({ at, bytes }: SpanView, tag: number, visit: (cursor: Cursor) => void): void {
  const cursor = new Cursor(bytes, at)
  const end = cursor.length() + cursor.position
  while (cursor.position < end) {
    const found = cursor.tag()
    if (found === tag) visit(cursor)
    else cursor.skip(found & 7)
  }
}

/** Whether the value behind a key is a string: field 2, its length, then AnyValue's field 1. */
function isText(buffer: Buffer, at: number, end: number): boolean {
  return at + 2 < end && buffer[at] === 18 && buffer[at + 2] === 10
}

/** `exception.type` of the last exception among the events of a span that `eachSpan` is visiting; null where there is none. */
export function exceptionOf(view: SpanView): string | null {
  let found: string | null = null
  eachField(view, eventTag, (cursor) => {
    const end = cursor.length() + cursor.position
    const attributes = noAttributes()
    while (cursor.position < end) {
      const tag = cursor.tag()
      if (tag === 26) readKeyValue(cursor, attributes)
      else cursor.skip(tag & 7)
    }
    found = text(attributes, 'exception.type') ?? found
  })
  return found
}

/** All attributes of a span that `eachSpan` is visiting. */
export function attributesOf(view: SpanView): Attributes {
  const attributes = noAttributes()
  eachField(view, attributeTag, (cursor) => {
    readKeyValue(cursor, attributes)
  })
  return attributes
}
