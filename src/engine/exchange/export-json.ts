import { canonicalJson } from '../../model/exchange/canonical-json.ts'
import type { JsonObject } from '../../model/exchange/record-json.ts'
import { sessionFormat, sessionFormatVersion, type SaidItem } from '../../model/exchange/session-file.ts'
import type { RecordGroup } from './session-records.ts'
import type { Report } from '../../model/exchange/worked-out.ts'
import type { SessionSource } from './session-source.ts'

const names = {
  traces: ['resourceSpans', 'scopeSpans', 'spans'],
  logs: ['resourceLogs', 'scopeLogs', 'logRecords'],
} as const

/** The documented format, a record a line: readable with line tools, and its differences too. */
export function* sessionJson(
  source: SessionSource,
  producer: { name: string; version: string },
  said: readonly SaidItem[] | null = null,
  report: Report | null = null,
): Generator<string> {
  const { sessions, facts, rollouts } = source
  yield `{"format":${JSON.stringify(sessionFormat)},"version":${sessionFormatVersion},\n`
  yield `"producer":${canonicalJson(producer)},\n`
  if (report !== null) {
    yield `"redacted":${JSON.stringify(report.redacted)},\n"workedOut":`
    yield `${canonicalJson(report.workedOut)},\n`
  }
  yield `"session":${canonicalJson(sessions[0])},\n"sessions":`
  yield* list(sessions)
  yield ',\n"facts":{'
  yield* lists(facts)
  yield '\n},\n"rollouts":{'
  yield* lists(rollouts)
  yield '\n},\n"conversation":'
  if (said === null) yield 'null'
  else yield* list(said)
  yield ',\n"otlp":{'
  yield `\n"traces":`
  yield* request('traces', source.records('traces'))
  yield `,\n"logs":`
  yield* request('logs', source.records('logs'))
  yield '\n}\n}\n'
}

function* lists(tables: Readonly<Record<string, readonly unknown[]>>): Generator<string> {
  let comma = ''
  for (const [name, rows] of Object.entries(tables)) {
    yield `${comma}\n${JSON.stringify(name)}:`
    yield* list(rows)
    comma = ','
  }
}

function* list(rows: Iterable<unknown>): Generator<string> {
  let separator = '[\n'
  for (const row of rows) {
    yield separator + canonicalJson(row)
    separator = ',\n'
  }
  yield separator === '[\n' ? '[]' : '\n]'
}

function* request(signal: 'traces' | 'logs', groups: readonly RecordGroup[]): Generator<string> {
  const [outer, middle, inner] = names[signal]
  yield `{"${outer}":[`
  let comma = ''
  for (const { resource, scopes } of groups) {
    yield `${comma}\n${opened(resource)}"${middle}":[`
    let scopeComma = ''
    for (const { scope, records } of scopes) {
      yield `${scopeComma}\n${opened(scope)}"${inner}":`
      yield* list(records)
      yield '}'
      scopeComma = ','
    }
    yield ']}'
    comma = ','
  }
  yield ']}'
}

/** An object's text without its closing brace, ready for one more member. */
function opened(head: JsonObject): string {
  const text = canonicalJson(head).slice(0, -1)
  return text === '{' ? text : `${text},`
}

/** Records of one line of OTLP/JSON lines: small enough that a reader never holds much. */
const recordsPerLine = 512

/** OTLP/JSON lines, one request a line, as the OpenTelemetry Collector's file exporter writes them. */
export function* otlpLines(source: SessionSource): Generator<string> {
  for (const signal of ['traces', 'logs'] as const) {
    const [outer, middle, inner] = names[signal]
    for (const { resource, scopes } of source.records(signal))
      for (const { scope, records } of scopes)
        for (const some of chunks(records, recordsPerLine))
          yield `{"${outer}":[${opened(resource)}"${middle}":[${opened(scope)}"${inner}":[${some.map(canonicalJson).join(',')}]}]}]}\n`
  }
}

export function* chunks<T>(items: Iterable<T>, size: number): Generator<T[]> {
  let chunk: T[] = []
  for (const item of items) {
    chunk.push(item)
    if (chunk.length < size) continue
    yield chunk
    chunk = []
  }
  if (chunk.length > 0) yield chunk
}
