import type { JsonObject } from '../../model/exchange/record-json.ts'
import { recordRedactor } from '../../model/exchange/redact-record.ts'
import { textRedactor, type TextRedactor } from '../../model/exchange/redact-text.ts'
import type { RedactionKind, Tally } from '../../model/exchange/redaction.ts'
import { jsonToProtobuf } from '../otlp/json-to-protobuf.ts'
import type { Db } from '../store/database.ts'
import { openTemporary } from '../store/temporary-database.ts'
import { userMarks } from '../store/user-marks.ts'
import { createWriter } from '../store/writer.ts'
import { chunks } from './export-json.ts'
import { runningImport } from './import-told.ts'
import { redactRollouts } from './redacted-rollouts.ts'
import { writeRollouts } from './rollout-rows.ts'
import { openSession, type SessionSource } from './session-source.ts'

const recordsPerBody = 512

/** Takes what the kinds name out of every record; each part that holds records is handed over as a request. */
export function redactRecords(
  source: SessionSource,
  redact: readonly RedactionKind[],
  tally: Tally,
  take: (signal: 'traces' | 'logs', request: JsonObject) => void,
): void {
  const redactor = recordRedactor(new Set(redact), source.folders, tally)
  for (const { resource, scopes } of source.records('traces'))
    for (const { scope, records } of scopes)
      for (const some of chunks(records, recordsPerBody)) {
        const scopeSpans = [{ ...redactor(scope), spans: some.map(redactor) }]
        take('traces', { resourceSpans: [{ ...redactor(resource), scopeSpans }] })
      }
  for (const { resource, scopes } of source.records('logs'))
    for (const { scope, records } of scopes)
      for (const some of chunks(records, recordsPerBody)) {
        const scopeLogs = [{ ...redactor(scope), logRecords: some.map(redactor) }]
        take('logs', { resourceLogs: [{ ...redactor(resource), scopeLogs }] })
      }
}

/**
 * The session without what the kinds name. Only records are redacted: titles, facts, rows and figures are derived again
 * from what is left of them, so that none can keep what its record lost. The database is the caller's to close.
 */
export function redactedSession(
  source: SessionSource,
  redact: readonly RedactionKind[],
  tally: Tally,
): { source: SessionSource; db: Db } {
  const db = openTemporary()
  try {
    const writer = createWriter(db)
    redactRecords(source, redact, tally, (signal, request) => {
      const bytes = new Uint8Array(jsonToProtobuf(signal, Buffer.from(JSON.stringify(request))))
      const [stored] = writer.store([{ signal, encoding: 'protobuf', origin: 'import', bytes }])
      if (stored?.accepted.kind !== 'stored')
        throw new Error(`a redacted record is not storable: ${stored?.accepted.kind}`)
    })
    db.transaction(() =>
      writeRollouts(db, redactRollouts(source.rollouts, new Set(redact), source.folders, tally), 0),
    )()
    while (!writer.settle(1000));
    writeByUser(db, source, textRedactor(new Set(redact), source.folders, tally))
    return { source: openSession(db, idWithin(db, source.sessions[0].id), source.onRecord), db }
  } catch (error) {
    db.close()
    throw error
  }
}

/** The user's own words have no record: they are redacted as texts. */
function writeByUser(db: Db, { sessions }: SessionSource, redact: TextRedactor): void {
  const marks = userMarks(db)
  const redacted = (text: string | null): string | null => (text === null ? null : redact(text))
  for (const { id, byUser } of sessions)
    if (byUser !== undefined) {
      const { name, note, tags, starred } = byUser
      const said = { starred, name: redacted(name), note: redacted(note), tags: tags.map((tag) => redact(tag)) }
      marks.add(idWithin(db, id), said, runningImport)
    }
}

/** Where several services use one conversation id, a session has its service behind it; alone it is named by the conversation. */
function idWithin(db: Db, id: string): string {
  const alone = db.prepare<object, string>("SELECT id FROM session WHERE id || '@' || service = @id").pluck()
  return alone.get({ id }) ?? id
}
