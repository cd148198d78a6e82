import { findJsonError } from '../../model/exchange/json-error.ts'
import type { Rollouts } from '../../model/exchange/rollout-rows.ts'
import { sessionFile, sessionFormat, sessionFormatVersion, type SaidItem } from '../../model/exchange/session-file.ts'
import type { Signal } from '../../model/signal.ts'
import type { ByUser } from '../../model/session/by-user.ts'
import { jsonExcess } from '../otlp/json-bounds.ts'
import { jsonToProtobuf } from '../otlp/json-to-protobuf.ts'
import { quoteLongIntegers } from '../otlp/long-integers.ts'
import { MalformedBody } from '../otlp/malformed.ts'
import { leadingKey, requestKeys, signalOfKey } from './document-start.ts'
import { ImportError } from './import-error.ts'
import { splitRequest } from './split-request.ts'

/** One request of OTLP protobuf, small enough to be a body of the store. */
export interface ImportBody {
  readonly signal: Signal
  readonly bytes: Buffer
  /** Of a session's export: the session. */
  readonly sessionId: string | null
  /** Where the document that it is of begins; null where the file has no lines. */
  readonly line: number | null
}

/** What session files tell, of a session's export, and what was said where that holds it. */
export interface ImportTold {
  readonly rollouts: Rollouts
  readonly said: readonly SaidItem[]
  /** What the user who exported it said of its sessions. */
  readonly byUser: readonly { readonly id: string; readonly said: ByUser }[]
  readonly sessionId: string
  readonly line: number | null
}

export type ImportPart = ImportBody | ImportTold

/** Where a document begins in its file, each from 1. */
export interface Place {
  readonly line: number
  readonly column: number
}

/**
 * The requests in one JSON document: OTLP/JSON, or a session's export. All of them or, where one cannot be read, none: throws ImportError
 * with the line, the column and the reason.
 */
export function documentParts(bytes: Buffer, place: Place): ImportPart[] {
  return [...bodiesIn(bytes, place)]
}

function* bodiesIn(bytes: Buffer, place: Place): Generator<ImportPart, void> {
  const firstLine = place.line
  const key = leadingKey(bytes)
  if (key !== undefined && requestKeys.every((other) => other === key || !bytes.includes(`"${other}"`)))
    return yield* requestBodies(signalOfKey[key], bytes, bytes, place)

  const document = parseDocument(bytes, place)
  if (document['format'] === sessionFormat) return yield* sessionParts(document, place)
  if ('format' in document && document['format'] !== undefined)
    throw new ImportError(
      `line ${firstLine}: the format ${JSON.stringify(document['format']).slice(0, 60)} is not known`,
    )
  const present = requestKeys.filter((name) => Object.hasOwn(document, name))
  if (present.length === 0 && Object.keys(document).length > 0)
    throw new ImportError(
      `line ${firstLine}: no resourceSpans, resourceLogs or resourceMetrics, and no export of a session`,
    )
  for (const name of present) {
    const request = Buffer.from(JSON.stringify({ [name]: document[name] }))
    yield* requestBodies(signalOfKey[name], request, bytes, place)
  }
}

function* requestBodies(signal: Signal, request: Buffer, whole: Buffer, place: Place): Generator<ImportBody, void> {
  for (const bytes of convert(signal, request, whole, place, ''))
    yield { signal, bytes, sessionId: null, line: place.line }
}

function convert(signal: Signal, request: Buffer, whole: Buffer, place: Place, path: string): Buffer[] {
  try {
    return splitRequest(Buffer.from(jsonToProtobuf(signal, request)))
  } catch (error) {
    if (!(error instanceof MalformedBody)) throw error
    throw /^body: not (?:JSON|UTF-8)/.test(error.message)
      ? notJson(whole, place)
      : new ImportError(`line ${place.line}: ${path}${error.message}`, { cause: error })
  }
}

function parseDocument(bytes: Buffer, place: Place): Record<string, unknown> {
  const { line } = place
  const excess = jsonExcess(bytes)
  if (excess !== null) throw new ImportError(`line ${line}: ${excess}`)
  let parsed: unknown
  try {
    parsed = JSON.parse(quoteLongIntegers(new TextDecoder('utf-8', { fatal: true }).decode(bytes)))
  } catch {
    throw notJson(bytes, place)
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed))
    throw new ImportError(`line ${line}: not a JSON object`)
  return parsed as Record<string, unknown>
}

/** Where a document stops being UTF-8 or JSON. */
function notJson(bytes: Buffer, place: Place): ImportError {
  const text = bytes.toString('utf8')
  const broken = text.indexOf('\ufffd')
  if (broken >= 0 && !isUtf8(bytes)) return new ImportError(`${placeOf(text, broken, place)}: not UTF-8`)
  const error = findJsonError(text)
  if (error === null) return new ImportError(`line ${place.line}: not JSON`)
  return new ImportError(`${placeOf(text, error.at, place)}: not JSON: ${error.why}`)
}

function isUtf8(bytes: Buffer): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return true
  } catch {
    return false
  }
}

function placeOf(text: string, at: number, first: Place): string {
  const lineStart = at === 0 ? 0 : text.lastIndexOf('\n', at - 1) + 1
  let { line } = first
  for (let end = text.indexOf('\n'); end >= 0 && end < at; end = text.indexOf('\n', end + 1)) line++
  return `line ${line}, column ${at - lineStart + (lineStart === 0 ? first.column : 1)}`
}

/** Facts in the file are for its readers: an import derives them from the records, and from what session files told, again. */
function* sessionParts(document: Record<string, unknown>, place: Place): Generator<ImportPart, void> {
  const { version } = document
  if (typeof version === 'number' && version > sessionFormatVersion)
    throw new ImportError(
      `written by a newer Colophon (format version ${version}, this one knows ${sessionFormatVersion})`,
    )
  const parsed = sessionFile.safeParse(document)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    throw new ImportError(
      `line ${place.line}: ${issue?.path.map(String).join('.') ?? ''}: ${issue?.message ?? 'not valid'}`,
    )
  }
  const { otlp, session } = parsed.data
  if (parsed.data.version === 2) {
    const { rollouts, conversation, sessions } = parsed.data
    const byUser = sessions.flatMap(({ id, byUser: said }) => (said === undefined ? [] : [{ id, said }]))
    if (rollouts.files.length + byUser.length > 0)
      yield { rollouts, said: conversation ?? [], byUser, sessionId: session.id, line: place.line }
  }
  for (const signal of ['traces', 'logs'] as const) {
    const request = Buffer.from(JSON.stringify(otlp[signal]))
    for (const bytes of convert(signal, request, request, place, `otlp.${signal}.`))
      if (bytes.length > 0) yield { signal, bytes, sessionId: session.id, line: place.line }
  }
}
