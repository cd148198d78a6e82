import { noAttributes, type Attributes } from '../../../model/attributes.ts'
import { logName } from '../../../model/log-name.ts'
import { readAnyValue, readKeyValue } from './attributes.ts'
import type { Cursor } from './cursor.ts'
import { eachRecord, type Sender } from './resource.ts'

/** One log record, decoded but for what only a look at the whole record shows. */
export interface LogView {
  /** Place of the record's length prefix in the body. */
  readonly at: number
  /** Unix nanoseconds: the record's time, else when it was observed (Codex leaves the first at 0). */
  readonly timeNs: bigint
  /** When it was observed; 0 where nobody says. */
  readonly observedNs: bigint
  readonly severity: number
  /** From wherever the record says it (`model/log-name.ts`). */
  readonly event: string
  /** The first characters, where it is a text. */
  readonly body: string
  readonly attributes: Attributes
  /** Hex, lower case; '' where there is none. */
  readonly traceId: string
  readonly spanId: string
}

/** Calls `visit` for each record of an ExportLogsServiceRequest, in order. Throws MalformedBody. */
export function eachLog(bytes: Uint8Array, visit: (log: LogView, sender: Sender) => void): void {
  eachRecord(bytes, (cursor, sender) => {
    visit(readLog(cursor), sender)
  })
}

/** Reads the record whose length prefix the cursor stands on. */
export function readLog(cursor: Cursor): LogView {
  const at = cursor.position
  const outerEnd = cursor.end
  const end = cursor.length() + cursor.position
  cursor.end = end
  const attributes = noAttributes()
  let timeNs = 0n
  let observedNs = 0n
  let severity = 0
  let eventName = ''
  let body = ''
  let traceId = ''
  let spanId = ''
  while (cursor.position < end) {
    const tag = cursor.tag()
    if (tag === 9) timeNs = cursor.fixed64()
    else if (tag === 16) severity = cursor.varint()
    else if (tag === 42) body = bodyText(cursor)
    else if (tag === 50) readKeyValue(cursor, attributes)
    else if (tag === 74) traceId = hexId(cursor, 16)
    else if (tag === 82) spanId = hexId(cursor, 8)
    else if (tag === 89) observedNs = cursor.fixed64()
    else if (tag === 98) eventName = cursor.text()
    else cursor.skip(tag & 7)
  }
  cursor.end = outerEnd
  const event = logName(attributes['event.name'] ?? attributes['event_name'], eventName, body)
  return {
    ...{ at, timeNs: timeNs === 0n ? observedNs : timeNs, observedNs, severity, event },
    ...{ body: body.slice(0, 120), attributes, traceId, spanId },
  }
}

function bodyText(cursor: Cursor): string {
  const value = readAnyValue(cursor, 0)
  return typeof value === 'string' ? value : ''
}

/** An id of another length, or all zeros, is none. */
function hexId(cursor: Cursor, length: number): string {
  const actual = cursor.length()
  const start = cursor.position
  cursor.position += actual
  if (actual !== length) return ''
  const hex = cursor.buffer.toString('hex', start, cursor.position)
  return /^0+$/.test(hex) ? '' : hex
}
