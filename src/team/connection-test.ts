import type { TeamTested } from '../contract/team.ts'
import { shortDuration } from '../model/tree/words.ts'
import { connectReadOnly, type Connection, type TeamReader } from './connection.ts'
import { findTables, type RawTable, type RawTables } from './records/generation.ts'
import { administratorSql } from './administrator-sql.ts'

export interface TestedConnection extends Connection {
  readonly factsDatabase: string
}

type Found = TeamTested['found'][number]

/** Clocks that differ by more than this make lists of the last minutes wrong. */
const clockToleranceMs = 5000
/** A projector looks every ten seconds; not all that Codex says is of a session. */
const lagToleranceMs = 600_000

/** What a connection leads to and what is missing there, in words. Asks, and does nothing. */
export async function testConnection(tested: TestedConnection): Promise<TeamTested> {
  const { user, database, factsDatabase } = tested
  const found: Found[] = []
  const missing = { records: false, facts: false, index: false }
  const add = (is: Found['is'], words: string): void => void found.push({ is, words })
  let reader: TeamReader | null = null
  try {
    // Of the databases that are named one may not be there.
    reader = await connectReadOnly({ ...tested, database: 'system' })
    await lookAtServer(reader, add)
    const tables = await findTables(reader, database).catch((error: unknown) => {
      missing.records = true
      add('bad', wordsOf(error))
      return null
    })
    if (tables !== null) missing.index = !(await lookAtRecords(reader, database, tables, add))
    missing.facts = !(await lookAtFacts(reader, factsDatabase, tables?.logs ? database : null, add))
  } catch (error) {
    add('bad', wordsOf(error))
  } finally {
    await reader?.close()
  }
  return { found, sql: administratorSql({ user, database, factsDatabase }, missing) }
}

type Add = (is: Found['is'], words: string) => void

async function lookAtServer(reader: TeamReader, add: Add): Promise<void> {
  const askedMs = Date.now()
  const [server] = await reader.rows<{ version: string; nowMs: string; user: string }>(
    'SELECT version() AS version, toString(toUnixTimestamp64Milli(now64(3))) AS nowMs, currentUser() AS user',
  )
  const tookMs = Date.now() - askedMs
  if (server === undefined) throw new Error('the server answers nothing')
  add(
    'good',
    `ClickHouse ${server.version} answers ${server.user} in ${String(tookMs)} ms, and takes nothing but questions from here.`,
  )
  const aheadMs = Number(server.nowMs) - (askedMs + tookMs / 2)
  if (Math.abs(aheadMs) > clockToleranceMs + tookMs)
    add(
      'note',
      `Its clock is ${String(Math.round(Math.abs(aheadMs) / 1000))} s ${aheadMs > 0 ? 'ahead of' : 'behind'} this machine's.`,
    )
}

/** Whether anything but a look at all of them tells where a session’s records are. */
async function lookAtRecords(reader: TeamReader, database: string, tables: RawTables, add: Add): Promise<boolean> {
  const kinds = { otel_logs: tables.logs, otel_traces: tables.traces }
  for (const [name, table] of Object.entries(kinds)) {
    if (table === null) {
      add('bad', `There is no ${database}.${name}, or this user may not read it.`)
      continue
    }
    const [row] = await reader.rows<{ records: string; oldest: string; engine: string }>(
      `SELECT toString(count()) AS records, toString(toDate(min(Timestamp), 'UTC')) AS oldest,
         (SELECT any(engine) FROM system.tables WHERE database = {database:String} AND name = {name:String}) AS engine
       FROM {database:Identifier}.{name:Identifier}`,
      { database, name },
    )
    const kept = table.attributes === 'map' ? 'text' : 'JSON'
    add(
      row === undefined || row.records === '0' ? 'note' : 'good',
      row === undefined || row.records === '0'
        ? `${database}.${name} is empty.`
        : `${database}.${name} has ${row.records} records since ${row.oldest}, attributes as ${kept} (${row.engine}).`,
    )
  }
  return tables.logs === null || lookAtIndex(reader, database, tables.logs, add)
}

/** The exporter makes one over what attributes say: of words since 2026, before that a filter. Of JSON there is none. */
async function lookAtIndex(reader: TeamReader, database: string, logs: RawTable, add: Add): Promise<boolean> {
  const [table] = await reader.rows<{ made: string }>(
    "SELECT create_table_query AS made FROM system.tables WHERE database = {database:String} AND name = 'otel_logs'",
    { database },
  )
  const index = /INDEX \S+ mapValues\(LogAttributes\) TYPE (\w+)/.exec(table?.made ?? '')?.[1]
  if (index !== undefined)
    add('good', `An index (${index}) tells where in ${database}.otel_logs a session’s records are.`)
  else add('note', `No index tells where in ${database}.otel_logs a session’s records are: who opens one waits longer.`)
  return index !== undefined || logs.attributes === 'json'
}

/** Whether there are any. `database`: of the records, where these can be read. */
async function lookAtFacts(
  reader: TeamReader,
  factsDatabase: string,
  database: string | null,
  add: Add,
): Promise<boolean> {
  const [known] = await reader.rows<{ tables: string }>(
    `SELECT toString(count()) AS tables FROM system.tables WHERE database = {factsDatabase:String} AND name = 'colophon_sessions'`,
    { factsDatabase },
  )
  if (known === undefined || known.tables === '0') {
    add(
      'note',
      `Nobody makes facts in ${factsDatabase} yet: lists show the latest 200 sessions of a range, and take longer.`,
    )
    return false
  }
  const [facts] = await reader.rows<{ sessions: string; latest: string; atMs: string }>(
    `SELECT toString(count()) AS sessions, toString(fromUnixTimestamp64Nano(max(last_ns), 'UTC')) AS latest,
       toString(intDiv(max(last_ns), 1000000)) AS atMs
     FROM {factsDatabase:Identifier}.colophon_sessions FINAL`,
    { factsDatabase },
  )
  const behindMs = database === null ? 0 : (await latestMs(reader, database)) - Number(facts?.atMs ?? 0)
  const is = behindMs > lagToleranceMs ? 'note' : 'good'
  const behind = is === 'good' ? '' : `, ${shortDuration(behindMs)} behind the records: does colophon project run?`
  add(
    is,
    `${factsDatabase} has facts of ${facts?.sessions ?? '0'} sessions, the latest of ${facts?.latest.slice(0, 19) ?? '–'} UTC${behind || '.'}`,
  )
  return true
}

/** Of Codex's log records, in Unix milliseconds; 0: there is none. */
async function latestMs(reader: TeamReader, database: string): Promise<number> {
  const [row] = await reader.rows<{ latest: string }>(
    `SELECT toString(toUnixTimestamp64Milli(max(Timestamp))) AS latest FROM {database:Identifier}.otel_logs
     WHERE startsWith(lower(ServiceName), 'codex')`,
    { database },
  )
  return Number(row?.latest ?? 0)
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
