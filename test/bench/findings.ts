import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createReader } from '../../src/engine/queries/index.ts'
import { openForReading, openForWriting } from '../../src/engine/store/database.ts'
import { createWriter } from '../../src/engine/store/writer.ts'
import { writeBigSession } from './big-session.ts'
import type { Figure } from './report.ts'
import { percentile } from './senders.ts'

const turns = 72
const rounds = 7

/** The findings of a session of a million spans, beside its ledger, which is made whenever it is opened. */
export function findingFigures(): Figure[] {
  const dataDir = mkdtempSync(join(tmpdir(), 'colophon-bench-findings-'))
  try {
    const id = writeBigSession(dataDir, turns)
    const db = openForReading(dataDir)
    const reader = createReader(db, { silenceMs: 0, dataDir })
    const median = (ask: () => unknown): number => {
      const times = Array.from({ length: rounds }, () => {
        const begun = performance.now()
        ask()
        return performance.now() - begun
      })
      return percentile(
        times.sort((a, b) => a - b),
        0.5,
      )
    }
    const ledger = median(() => reader['session.ledger']({ id }))
    const findings = median(() => reader['session.findings']({ id }))
    db.close()
    const keeping = keptBy(dataDir, id, median)
    return [
      { name: 'ledger, a million spans', value: ledger, unit: 'ms', limit: null, better: 'lower' },
      { name: 'findings beyond it', value: findings - ledger, unit: 'ms', limit: 150, better: 'lower' },
      { name: 'findings kept by the writer, ledger too', value: keeping, unit: 'ms', limit: 150, better: 'lower' },
    ]
  } finally {
    rmSync(dataDir, { recursive: true, force: true })
  }
}

/** How long the writer is held by them: nothing else is stored meanwhile. */
function keptBy(dataDir: string, id: string, median: (work: () => unknown) => number): number {
  const db = openForWriting(dataDir)
  const writer = createWriter(db)
  while (!writer.sumUp(10_000));
  const mark = db.prepare('INSERT INTO unfound (session_id) VALUES (?)')
  const ms = median(() => {
    mark.run(id)
    while (!writer.sumUp(10_000));
  })
  db.close()
  return ms
}
