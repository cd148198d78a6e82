import { findJsonError } from '../../model/exchange/json-error.ts'
import { sessionFile, sessionFormat, sessionFormatVersion } from '../../model/exchange/session-file.ts'
import type { Signal } from '../../model/signal.ts'
import { jsonExcess } from '../otlp/json-bounds.ts'
import { jsonToProtobuf } from '../otlp/json-to-protobuf.ts'
import { quoteLongIntegers } from '../otlp/long-integers.ts'
import { MalformedBody } from '../otlp/malformed.ts'
import { ImportError } from './import-error.ts'
import { splitRequest } from './split-request.ts'

/** One request of OTLP protobuf, small enough to be a body of the store. */
export interface ImportBody {
  readonly signal: Signal
  readonly bytes: Buffer
  /** Of a session's export: the session. */
  readonly sessionId: string | null
}

const signalOfKey = {
  resourceSpans: 'traces',
  resource_spans: 'traces',
  resourceLogs: 'logs',
  resource_logs: 'logs',
  resourceMetrics: 'metrics',
  resource_metrics: 'metrics',
} as const satisfies Record<string, Signal>

const keys = Object.keys(signalOfKey) as (keyof typeof signalOfKey)[]
const leadingKey = new RegExp(`^\\s*\\{\\s*"(${keys.join('|')})"\\s*:`)

/**
 * The requests in one JSON document: OTLP/JSON, or a session's export. Throws ImportError with the line (counted from
 * that of the document's begin), the column and the reason.
 */
export function* documentBodies(bytes: Buffer, firstLine: number): Generator<ImportBody, void> {
  const key = leadingKey.exec(bytes.toString('latin1', 0, 200))?.[1] as keyof typeof signalOfKey | undefined
  if (key !== undefined && keys.every((other) => other === key || !bytes.includes(`"${other}"`)))
    return yield* requestBodies(signalOfKey[key], bytes, bytes, firstLine)

  const document = parseDocument(bytes, firstLine)
  if (document['format'] === sessionFormat) return yield* sessionBodies(document, firstLine)
  if ('format' in document && document['format'] !== undefined)
    throw new ImportError(
      `line ${firstLine}: the format ${JSON.stringify(document['format']).slice(0, 60)} is not known`,
    )
  const present = keys.filter((name) => Object.hasOwn(document, name))
  if (present.length === 0 && Object.keys(document).length > 0)
    throw new ImportError(
      `line ${firstLine}: no resourceSpans, resourceLogs or resourceMetrics, and no export of a session`,
    )
  for (const name of present) {
    const request = Buffer.from(JSON.stringify({ [name]: document[name] }))
    yield* requestBodies(signalOfKey[name], request, bytes, firstLine)
  }
}

function* requestBodies(signal: Signal, request: Buffer, whole: Buffer, line: number): Generator<ImportBody, void> {
  for (const bytes of splitRequest(convert(signal, request, whole, line, ''))) yield { signal, bytes, sessionId: null }
}

function convert(signal: Signal, request: Buffer, whole: Buffer, line: number, path: string): Buffer {
  try {
    return Buffer.from(jsonToProtobuf(signal, request))
  } catch (error) {
    if (!(error instanceof MalformedBody)) throw error
    throw /^body: not (?:JSON|UTF-8)/.test(error.message)
      ? notJson(whole, line)
      : new ImportError(`line ${line}: ${path}${error.message}`, { cause: error })
  }
}

function parseDocument(bytes: Buffer, line: number): Record<string, unknown> {
  const excess = jsonExcess(bytes)
  if (excess !== null) throw new ImportError(`line ${line}: ${excess}`)
  let parsed: unknown
  try {
    parsed = JSON.parse(quoteLongIntegers(new TextDecoder('utf-8', { fatal: true }).decode(bytes)))
  } catch {
    throw notJson(bytes, line)
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed))
    throw new ImportError(`line ${line}: not a JSON object`)
  return parsed as Record<string, unknown>
}

/** Where a document stops being UTF-8 or JSON. */
export function notJson(bytes: Buffer, firstLine: number): ImportError {
  const text = bytes.toString('utf8')
  const broken = text.indexOf('\ufffd')
  if (broken >= 0 && !isUtf8(bytes)) return new ImportError(`${placeOf(text, broken, firstLine)}: not UTF-8`)
  const error = findJsonError(text)
  if (error === null) return new ImportError(`line ${firstLine}: not JSON`)
  return new ImportError(`${placeOf(text, error.at, firstLine)}: not JSON: ${error.why}`)
}

function isUtf8(bytes: Buffer): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return true
  } catch {
    return false
  }
}

function placeOf(text: string, at: number, firstLine: number): string {
  const lineStart = text.lastIndexOf('\n', at - 1) + 1
  let line = firstLine
  for (let end = text.indexOf('\n'); end >= 0 && end < at; end = text.indexOf('\n', end + 1)) line++
  return `line ${line}, column ${at - lineStart + 1}`
}

/** Facts in the file are for its readers: an import derives them from the records again. */
function* sessionBodies(document: Record<string, unknown>, line: number): Generator<ImportBody, void> {
  const { version } = document
  if (typeof version === 'number' && version > sessionFormatVersion)
    throw new ImportError(
      `written by a newer Colophon (format version ${version}, this one knows ${sessionFormatVersion})`,
    )
  const parsed = sessionFile.safeParse(document)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    throw new ImportError(`line ${line}: ${issue?.path.map(String).join('.') ?? ''}: ${issue?.message ?? 'not valid'}`)
  }
  const { otlp, session } = parsed.data
  for (const signal of ['traces', 'logs'] as const) {
    const request = Buffer.from(JSON.stringify(otlp[signal]))
    for (const bytes of splitRequest(convert(signal, request, request, line, `otlp.${signal}.`)))
      if (bytes.length > 0) yield { signal, bytes, sessionId: session.id }
  }
}
