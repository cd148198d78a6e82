import { differencesOf } from '../../model/codex/join/differences.ts'
import { joinFiles } from '../../model/codex/join/join.ts'
import { settle } from '../../model/codex/settle/index.ts'
import { copiedInFinder } from '../history/counting-files.ts'
import { fileEvidenceReader } from '../history/read-file-evidence.ts'
import type { Db } from './database.ts'
import { dimensionWriter } from './dimensions.ts'
import { figureWriter } from './figures.ts'
import { neighbourNs } from './neighbours.ts'
import { evidenceReader, type SessionTold } from './read-evidence.ts'
import { settledWriter } from './settled-writer.ts'

interface SessionRow extends SessionTold {
  readonly kind: string
  /** NULL: no record of the telemetry names the session. */
  readonly told_first_ns: bigint | null
}

/**
 * Settles a session of Codex: reads its facts, derives what `model/codex/settle` derives, writes what differs. Idempotent; the caller holds the
 * transaction and has gathered it. Relies on nothing that it has written itself, and takes nothing back that was told a moment ago: of a long
 * session it is written later than it was read.
 */
export function settler(db: Db): (sessionId: string) => void {
  const read = evidenceReader(db)
  const readFile = fileEvidenceReader(db)
  const write = settledWriter(db)
  const writeFigures = figureWriter(db)
  const writeDimension = dimensionWriter(db)
  const unshare = db.prepare('INSERT INTO unshared (session_id) VALUES (?) ON CONFLICT DO NOTHING')
  const findSession = db
    .prepare<[string], SessionRow>(
      'SELECT first_ns, last_ns, told_first_ns, service, kind, seen_spans, understood FROM session WHERE id = ?',
    )
    .safeIntegers(true)
  // Where the telemetry says nothing of the session, its file says which program and whose it was; the first record takes that back.
  const name = db.prepare(
    `UPDATE session SET (originator, app_version, user) = (
       SELECT originator, version, user FROM rollout_thread WHERE session_id = @id ORDER BY at_ms, rollout_id LIMIT 1)
     WHERE id = @id AND told_first_ns IS NULL`,
  )
  // A title session chose its parent among what had arrived. A prompt that came later may be the one that it names; and a
  // session that turned out to be no person's was no choice at all.
  const unsettleTitles = db.prepare(
    `INSERT INTO unsettled (session_id)
     SELECT title.id FROM prompt JOIN session AS title
       ON title.first_ns BETWEEN prompt.at_ns - ${neighbourNs} AND prompt.at_ns + ${neighbourNs}
     WHERE prompt.session_id = @id AND title.kind = 'title' AND title.id <> @id
       AND (@changed = 1 OR title.parent_id IS NOT @id)
     ON CONFLICT DO NOTHING`,
  )
  const copiedIn = copiedInFinder(db)
  return (sessionId) => {
    const row = findSession.get(sessionId)
    if (row === undefined) return
    const file = readFile(sessionId, row.first_ns)
    const { evidence, added } = joinFiles(read(sessionId, row), file)
    const settled = settle(evidence)
    const isTold = row.told_first_ns !== null
    const witness = file === null ? 'telemetry' : isTold ? 'both' : 'file'
    const found = witness === 'both' ? differencesOf(evidence, settled) : []
    // A fork's copy is never whole: what it lacks is no difference.
    const differences = copiedIn(sessionId) === null ? found : found.filter((each) => each.witness === 'file')
    write(sessionId, row.first_ns, { ...settled, witness, differences, prompts: evidence.prompts, added })
    if (!isTold) name.run({ id: sessionId })
    writeFigures(sessionId, settled.away)
    writeDimension(sessionId)
    unshare.run(sessionId)
    const changed = settled.session.kind !== row.kind
    if (changed || settled.session.kind === 'user') unsettleTitles.run({ id: sessionId, changed: changed ? 1 : 0 })
  }
}
