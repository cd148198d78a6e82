import { findingsOf } from '../../model/findings/index.ts'
import { priceListOf } from '../pricing/price-list.ts'
import { loadLedger, type LoadedLedger } from '../queries/ledger.ts'
import { logReader } from '../queries/logs-read.ts'
import type { Db } from '../store/database.ts'
import { contextLoader } from './load.ts'

const hourNs = 3_600_000_000_000n

/**
 * Keeps the findings of sessions, for sums over many of them. The caller holds the transaction. What a session is compared with are the
 * facts of before it began, so the change of an hour's facts makes those stale that began in it or later: they are found anew when
 * nothing else is left to do.
 */
export interface FindingKeeper {
  /** Of a session whose ledger has just been made; those above it are marked, for it may be what they cost. */
  write(loaded: LoadedLedger): void
  /** That the facts of an hour (Unix time / 3600 s) are others. */
  changed(hour: number): void
  /** The next session that is marked, whose mark is taken away; null when none is. */
  next(): string | null
  /** Finds the findings of one session. */
  find(id: string): void
}

export function findingKeeper(db: Db): FindingKeeper {
  const logs = logReader(db)
  const load = contextLoader(db, logs, priceListOf(db).current)
  const known = db.prepare<[string], string>('SELECT kind FROM session WHERE id = ?').pluck()
  /** Which run the sandbox broke off stands in raw records alone. */
  const isKept = db.prepare(
    `SELECT 1 FROM pruned_session WHERE session_id = @id AND EXISTS (SELECT 1 FROM finding WHERE session_id = @id)`,
  )
  const forget = db.prepare(
    `DELETE FROM finding WHERE session_id = @id
       AND NOT EXISTS (SELECT 1 FROM json_each(@kept) WHERE value ->> 0 = kind AND value ->> 1 = subject)`,
  )
  const put = db.prepare(
    `INSERT INTO finding (session_id, kind, subject, at_ns, lost_ns, lost_usd, confidence, times, title, row_ids, fix)
     VALUES (@id, @kind, @subject, @atNs, @lostNs, @lostUsd, @confidence, @times, @title, @rowIds, @fix)
     ON CONFLICT DO UPDATE SET at_ns = excluded.at_ns, lost_ns = excluded.lost_ns, lost_usd = excluded.lost_usd,
       confidence = excluded.confidence, times = excluded.times, title = excluded.title, row_ids = excluded.row_ids,
       fix = excluded.fix
     WHERE at_ns <> excluded.at_ns OR lost_ns <> excluded.lost_ns OR lost_usd IS NOT excluded.lost_usd
       OR confidence <> excluded.confidence OR times <> excluded.times OR title <> excluded.title
       OR row_ids <> excluded.row_ids OR fix IS NOT excluded.fix`,
  )
  const markAbove = db.prepare(
    `INSERT INTO unfound (session_id)
     WITH RECURSIVE above (id, depth) AS (
       SELECT parent_id, 0 FROM session WHERE id = ?
       UNION SELECT parent_id, depth + 1 FROM above JOIN session USING (id) WHERE depth < 20
     )
     SELECT DISTINCT id FROM above WHERE id IS NOT NULL ON CONFLICT DO NOTHING`,
  )
  const noteStale = db.prepare(
    'INSERT INTO finding_stale (one, hour) VALUES (1, ?) ON CONFLICT DO UPDATE SET hour = min(hour, excluded.hour)',
  )
  const stale = db.prepare<[], number>('SELECT hour FROM finding_stale').pluck()
  const markSince = db.prepare(
    "INSERT INTO unfound (session_id) SELECT id FROM session WHERE first_ns >= ? AND kind <> 'app' ON CONFLICT DO NOTHING",
  )
  const fresh = db.prepare('DELETE FROM finding_stale')
  const next = db
    .prepare<[], string>(
      'SELECT session_id FROM unfound WHERE session_id NOT IN (SELECT session_id FROM settling) LIMIT 1',
    )
    .pluck()
  const done = db.prepare('DELETE FROM unfound WHERE session_id = ?')

  function writeOwn(loaded: LoadedLedger): void {
    const { id } = loaded.session
    if (isKept.get({ id }) !== undefined) return
    const findings = findingsOf(load(loaded))
    forget.run({ id, kept: JSON.stringify(findings.map(({ kind, subject }) => [kind, subject])) })
    for (const { kind, subject, atMs, lostMs, lostUsd, confidence, times, title, rowIds, fix } of findings)
      put.run({
        ...{ id, kind, subject, lostUsd, confidence, times, title },
        atNs: BigInt(Math.round(atMs * 1e6)),
        lostNs: BigInt(Math.round(lostMs * 1e6)),
        rowIds: JSON.stringify(rowIds),
        fix: fix?.type ?? null,
      })
  }

  return {
    write(loaded) {
      writeOwn(loaded)
      markAbove.run(loaded.session.id)
    },
    changed: (hour) => {
      noteStale.run(hour)
    },
    next() {
      const hour = stale.get()
      if (hour !== undefined) {
        markSince.run(BigInt(hour) * hourNs)
        fresh.run()
      }
      const id = next.get() ?? null
      if (id !== null) done.run(id)
      return id
    },
    find(id) {
      const kind = known.get(id)
      if (kind === undefined || kind === 'app') forget.run({ id, kept: '[]' })
      // With no patience for silence nothing is live, so that nothing depends on the clock.
      else writeOwn(loadLedger(db, logs, id, 0))
    },
  }
}
