import type { RowDetails } from '../../contract/tree.ts'
import type { Attributes } from '../../model/attributes.ts'
import { wordsOfLog } from '../../model/log-words.ts'
import { attributesToObject, valueToPlain } from '../otlp/to-json.ts'
import type { OtlpJson } from '../otlp/read-message.ts'
import type { WholeRecord } from './records.ts'

export type RowLog = RowDetails['logs'][number]

/** Enough for the longest list that is read at once; a turn's streamed deltas are left out before this counts. */
export const mostLogs = 200
/** How many records are looked through for them. */
export const mostRead = 4000

/** What is read of a record in OTLP/JSON's names. */
export interface ReadRecord {
  readonly attributes?: OtlpJson
  readonly traceId?: string
  readonly spanId?: string
  readonly body?: OtlpJson
  readonly events?: readonly { readonly name?: string; readonly attributes?: OtlpJson }[]
}

export function recordOf(whole: unknown): ReadRecord {
  return (whole as WholeRecord).record as ReadRecord
}

export function attributesOf(whole: unknown): Attributes {
  return attributesToObject(recordOf(whole).attributes)
}

/** What it says in words; what is no text as JSON, and nothing where there is none. */
function bodyOf(whole: unknown): string {
  const body = valueToPlain(recordOf(whole).body)
  return typeof body === 'string' ? body : body === null ? '' : JSON.stringify(body)
}

export function rowLog(found: { timeMs: number; severity: number; name: string }, whole: WholeRecord): RowLog {
  return {
    timeMs: found.timeMs,
    event: found.name,
    summary: wordsOfLog(found.name, attributesOf(whole), bodyOf(whole)),
    severity: severityName(found.severity),
    raw: whole,
  }
}

/** Ranges of OTLP's severity numbers. */
function severityName(severity: number): string {
  if (severity === 0) return ''
  return ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'][Math.floor((severity - 1) / 4)] ?? ''
}
