import type { ClickHouse } from '../../clickhouse/server.ts'
import type { Tables } from '../engine/tables.ts'

/**
 * What a reader of the team's facts sees, by the names of home: of every table the rows that bear the revision which the session's own
 * row names. Where home's rows name no session, a row of two of them (a request for a turn that both had) stands once there.
 */
export async function readTeamFacts(server: ClickHouse, database: string): Promise<Tables> {
  const found = await server.ask(
    `SELECT table, groupArray(name) FROM system.columns WHERE database = '${database}' AND table <> 'colophon_progress'
     GROUP BY table FORMAT JSONCompactEachRow`,
  )
  const tables = found.split('\n').map(async (line) => {
    const [table, columns] = JSON.parse(line) as [string, string[]]
    const source = table.slice('colophon_'.length, -1)
    if (source === 'finding') return [source, await findingsIn(server, database, columns)] as const
    const ofSession = columns.includes('session_id')
    const left = ofSession && nameless.has(source) ? 'session_id, revision' : 'revision'
    const current = `WHERE (session_id, revision) IN (SELECT id, revision FROM ${database}.colophon_sessions FINAL)`
    const text = await server.ask(
      `SELECT DISTINCT * EXCEPT (${left}) FROM ${database}.${table} FINAL ${ofSession ? current : ''}
       ${asRows}`,
    )
    return [source, rowsOf(text)] as const
  })
  return Object.fromEntries(await Promise.all(tables))
}

const asRows = 'FORMAT JSONEachRow SETTINGS output_format_json_quote_64bit_integers = 1'

function rowsOf(text: string): readonly Readonly<Record<string, unknown>>[] {
  const rows = text === '' ? [] : text.split('\n').map((row) => JSON.parse(row) as Readonly<Record<string, unknown>>)
  return rows.map(inOrder).toSorted(byText)
}

/** Of a session they stand in one row, in lists. */
async function findingsIn(server: ClickHouse, database: string, columns: readonly string[]) {
  const lists = columns.filter((name) => name.startsWith('found.'))
  const listed = lists.map((name) => `${name} AS ${name.slice('found.'.length)}`).join(', ')
  return rowsOf(
    await server.ask(
      `SELECT session_id, ${listed} FROM ${database}.colophon_findings FINAL ARRAY JOIN found ${asRows}`,
    ),
  )
}

const nameless = new Set(['turn_request', 'model_round', 'compaction_reason', 'review', 'server_start', 'server_wait'])

/** The facts of home in the same form: 64-bit integers as text, fractions as numbers. */
export function asTeamFacts(facts: Tables, names: readonly string[]): Tables {
  return Object.fromEntries(names.map((name) => [name, (facts[name] ?? []).map(inOrder).toSorted(byText)]))
}

function inOrder(row: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const pairs = Object.entries(row).map(([column, value]) => [
    column,
    typeof value === 'bigint' ? String(value) : value,
  ])
  return Object.fromEntries(pairs.toSorted(([a], [b]) => (String(a) < String(b) ? -1 : 1))) as Record<string, unknown>
}

function byText(a: object, b: object): number {
  const [left, right] = [JSON.stringify(a), JSON.stringify(b)]
  return left < right ? -1 : left > right ? 1 : 0
}
