import {
  columnOf,
  membersOf,
  rolloutTableNames,
  type RolloutRow,
  type Rollouts,
  type RolloutTable,
} from '../../model/exchange/rollout-rows.ts'
import { believableRow } from './believable-row.ts'
import { countingFiles } from '../history/counting-files.ts'
import { sessionSpans } from '../history/session-spans.ts'
import { fileNumbers } from '../history/told-row-writer.ts'
import { findSession } from '../queries/session-list.ts'
import type { Db } from '../store/database.ts'

const inOrder: Readonly<Record<RolloutTable, string>> = {
  thread: 'session_id, rollout_id',
  turn: 'session_id, turn_id, rollout_id',
  call: 'session_id, response_id, rollout_id',
  step: 'session_id, rollout_id, offset',
  compaction: 'session_id, rollout_id, at_ms',
  error: 'session_id, rollout_id, offset',
  prompt: 'session_id, rollout_id, offset',
  tool: 'session_id, call_id, rollout_id',
  change: 'session_id, call_id, path_hash, rollout_id',
  spawn: 'session_id, rollout_id, call_id',
}

/** What session files tell of these sessions, as it was read. Windows of usage limits are an account's and not a session's: they stay. */
export function readRollouts(db: Db, ids: readonly string[]): Rollouts {
  const list = JSON.stringify(ids)
  const counting = countingFiles(db)
  const counts = new Map(ids.map((id) => [id, counting(id)]))
  const isCounted = (row: RolloutRow): boolean =>
    counts.get(String(row.sessionId))?.({ rolloutId: String(row.rolloutId) }) !== false
  const rows = rolloutTableNames.map((table) => {
    const members = membersOf(table)
    const columns = members.map((member) => `${columnOf(member)} AS ${member}`).join(', ')
    const statement = db.prepare<[string], RolloutRow>(
      `SELECT ${columns} FROM rollout_${table} WHERE session_id IN (SELECT value FROM json_each(?)) ORDER BY ${inOrder[table]}`,
    )
    return [table, statement.all(list).filter(isCounted)] as const
  })
  const read = Object.fromEntries(rows) as unknown as Omit<Rollouts, 'files'>
  const titles = new Map(ids.map((id) => [id, titleOf(db, id)]))
  const headed = new Set(read.thread.map(({ rolloutId }) => rolloutId))
  // What a fork's file copied of a session has turns, and no head.
  const copied = new Map(
    read.turn.filter(({ rolloutId }) => !headed.has(rolloutId)).map((turn) => [turn.rolloutId, turn]),
  )
  const files = [...read.thread, ...copied.values()].map(({ sessionId, rolloutId }) => ({
    sessionId,
    rolloutId,
    title: titles.get(sessionId) ?? null,
  }))
  return { files, ...read }
}

/** The words that a session is known by where no record has them: given in Codex, or of its file's first prompt. */
function titleOf(db: Db, id: string): string | null {
  const told = db.prepare<[string], string | null>('SELECT title FROM session WHERE id = ?').pluck().get(id) ?? null
  const shown = findSession(db, id, 0)?.title ?? null
  return shown === told ? null : shown
}

/**
 * Writes what a file of another Colophon tells, but for session files that are known here, and marks its sessions to be settled: how many files those are. `run`
 * is noted beside it, so that it can be taken back. The caller holds the transaction.
 */
export function writeRollouts(db: Db, { files, ...rows }: Rollouts, run: number): number {
  const note = db.prepare('INSERT INTO import_rollout (rollout_id, session_id, title, run) VALUES (?, ?, ?, ?)')
  const unsettle = db.prepare('INSERT INTO unsettled (session_id) VALUES (?) ON CONFLICT DO NOTHING')
  const isKnown = knownRollouts(db)
  const added = new Map(files.filter(({ rolloutId }) => !isKnown(rolloutId)).map((file) => [file.rolloutId, file]))
  for (const table of rolloutTableNames) {
    const insert = inserter(db, table)
    for (const row of rows[table] as readonly RolloutRow[])
      if (added.has(String(row.rolloutId))) insert(believableRow(row))
  }
  const spans = sessionSpans(db)
  for (const { rolloutId, sessionId, title } of added.values()) note.run(rolloutId, sessionId, title, run)
  const touched = new Set([...added.values()].map(({ sessionId }) => sessionId))
  for (const { sessionId, rolloutId } of rows.spawn) if (added.has(rolloutId)) touched.add(sessionId)
  for (const id of touched) {
    spans.renew(id)
    unsettle.run(id)
  }
  return added.size
}

function inserter(db: Db, table: RolloutTable): (row: RolloutRow) => void {
  const isNumbered = table !== 'thread' && table !== 'spawn'
  const members = membersOf(table).filter(
    (member) => !(isNumbered && (member === 'sessionId' || member === 'rolloutId')),
  )
  const columns = [...(isNumbered ? ['file'] : []), ...members.map(columnOf)]
  const insert = db.prepare<unknown[]>(
    `INSERT INTO ${isNumbered ? 'file' : 'rollout'}_${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})
     ON CONFLICT DO NOTHING`,
  )
  const numberOf = fileNumbers(db)
  return (row) => {
    const file = isNumbered ? [numberOf(String(row.sessionId), String(row.rolloutId))] : []
    insert.run([...file, ...members.map((member) => row[member])])
  }
}

/** Whether a session file was read here, or is known from an import. */
export function knownRollouts(db: Db): (rolloutId: string) => boolean {
  const known = db
    .prepare<[string, string], number>(
      'SELECT 1 FROM rollout_file WHERE rollout_id = ? UNION SELECT 1 FROM import_rollout WHERE rollout_id = ?',
    )
    .pluck()
  return (rolloutId) => known.get(rolloutId, rolloutId) !== undefined
}
