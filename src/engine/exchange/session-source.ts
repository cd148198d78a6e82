import { ProcedureError } from '../../contract/result.ts'
import type { Rollouts } from '../../model/exchange/rollout-rows.ts'
import { exportedSummary, type ExportedSummary, type SessionFileFacts } from '../../model/exchange/session-file.ts'
import { saysAnything } from '../../model/session/by-user.ts'
import { differencesWithin, findSession } from '../queries/session-list.ts'
import { treeLoader, type LoadedTree } from '../queries/session-tree.ts'
import type { Db } from '../store/database.ts'
import { logPlaces, spanPlaces } from './select-records.ts'
import { foldersIn } from './redacted-rollouts.ts'
import { readRollouts } from './rollout-rows.ts'
import { readFolders, readSessionFacts } from './session-facts.ts'
import { groupRecords, type RecordGroup } from './session-records.ts'

/** Everything that is exported of a session and the helpers below it, as its records tell: the clock does not count. */
export interface SessionSource {
  readonly sessions: readonly [ExportedSummary, ...ExportedSummary[]]
  readonly facts: SessionFileFacts
  readonly rollouts: Rollouts
  readonly folders: readonly string[]
  readonly loaded: LoadedTree
  readonly db: Db
  /** How many records `records` leads to; spans come first. */
  count(): { readonly traces: number; readonly logs: number }
  records(signal: 'traces' | 'logs'): RecordGroup[]
  /** Hears of every record that is read, those of `records` included. */
  readonly onRecord: () => void
}

/** Silence of any length: what has no end is open, not live. */
export const anySilence = -1e15

/** The caller holds a read transaction for as long as it reads from the source. */
export function openSession(db: Db, id: string, onRecord: () => void = () => undefined): SessionSource {
  const loaded = treeLoader(db, anySilence)(id)
  const ids = loaded.facts.sessions.map((session) => session.id)
  const [root, ...helpers] = ids.map((of) => summaryOf(db, of))
  if (root === undefined) throw new ProcedureError('not_found', `no session ${id}`)
  let known: { traces: ReturnType<typeof spanPlaces>; logs: ReturnType<typeof logPlaces> } | null = null
  const places = (): NonNullable<typeof known> => {
    if (known !== null) return known
    const traces = spanPlaces(db, loaded)
    return (known = { traces, logs: logPlaces(db, ids, loaded, traces) })
  }
  const rollouts = readRollouts(db, ids)
  return {
    sessions: [root, ...helpers],
    facts: readSessionFacts(db, ids),
    rollouts,
    folders: [...new Set([...readFolders(db, ids), ...foldersIn(rollouts)])].sort(),
    loaded,
    db,
    count: () => ({ traces: places().traces.members.length, logs: places().logs.members.length }),
    records: (signal) => groupRecords(db, signal, places()[signal], onRecord),
    onRecord,
  }
}

function summaryOf(db: Db, id: string): ExportedSummary {
  const found = findSession(db, id, anySilence)
  if (found === null) throw new ProcedureError('not_found', `no session ${id}`)
  const { state } = found
  const exported = state === 'failed' || state === 'done' || state === 'interrupted' ? state : 'open'
  return exportedSummary.parse({
    ...found,
    state: exported,
    differences: differencesWithin(db, id),
    byUser: saysAnything(found.byUser) ? found.byUser : undefined,
  })
}
