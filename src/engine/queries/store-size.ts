import { statSync } from 'node:fs'
import { join } from 'node:path'
import type { Value } from '../../contract/index.ts'
import { signalNumbers } from '../store/signal-numbers.ts'
import { databaseFile, type Db } from '../store/database.ts'

const appsSql = `SELECT (SELECT count(*) FROM session WHERE kind = 'app') + (SELECT count(*) FROM client
  WHERE codex = 0 AND EXISTS (SELECT 1 FROM body WHERE client = client.id AND signal = ${signalNumbers.logs}))`

/** Sizes for the health view. Records are counted by body, so that the answer costs no scan of the records. */
export function storeSize(db: Db, dataDir: string): Value<'status'>['store'] & { sample: boolean } {
  const records = new Map(
    db
      .prepare<[], [number, number, number]>('SELECT signal, sum(records), count(*) FROM body GROUP BY signal')
      .raw()
      .all()
      .map(([signal, sum, bodies]) => [signal, { sum, bodies }]),
  )
  const of = (signal: number): number => records.get(signal)?.sum ?? 0
  return {
    bytes: ['', '-wal'].reduce((sum, suffix) => sum + sizeOf(join(dataDir, databaseFile + suffix)), 0),
    spans: of(signalNumbers.traces),
    logs: of(signalNumbers.logs),
    metricPoints: of(signalNumbers.metrics),
    bodies: [...records.values()].reduce((sum, { bodies }) => sum + bodies, 0),
    sessions: db.prepare<[], number>("SELECT count(*) FROM session WHERE kind <> 'app'").pluck().get() ?? 0,
    apps: db.prepare<[], number>(appsSql).pluck().get() ?? 0,
    sample: db.prepare<[], number>('SELECT EXISTS (SELECT 1 FROM session WHERE sample = 1)').pluck().get() === 1,
  }
}

function sizeOf(path: string): number {
  try {
    return statSync(path).size
  } catch {
    return 0
  }
}
