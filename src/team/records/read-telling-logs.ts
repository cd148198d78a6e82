import type { Incoming } from '../../engine/store/body-store.ts'
import type { TeamReader } from '../connection.ts'
import { asParams, boundsOf } from './bounds.ts'
import { chunksOf } from './chunks.ts'
import type { RawTables } from './generation.ts'
import { logColumns, writeLog, type LogRow } from './logs.ts'
import { requestOf } from './request.ts'
import { attribute, conversation, mayName, within } from './spelling.ts'

/** What yields no fact, and is looked up in the records themselves where shares and findings are worked out. */
const telling = ['codex.sandbox_outcome', 'codex.conversation_starts']

export async function* readTellingLogs(
  reader: TeamReader,
  { logs }: RawTables,
  ids: readonly string[],
): AsyncGenerator<Omit<Incoming, 'origin'>> {
  if (logs === null) return
  const query = `SELECT DISTINCT ${logColumns(logs)} FROM otel_logs WHERE ${within(logs)}
    AND ${attribute(logs, 'LogAttributes', 'event.name')} IN {telling:Array(String)}
    AND ${mayName(logs, 'LogAttributes')} AND ${conversation(logs, 'LogAttributes')} IN {ids:Array(String)}`
  for (const some of chunksOf(ids))
    for await (const rows of reader.stream<LogRow>(query, { ids: some, telling, ...asParams(boundsOf(some)) }))
      yield { signal: 'logs', encoding: 'protobuf', bytes: requestOf(rows, writeLog) }
}
