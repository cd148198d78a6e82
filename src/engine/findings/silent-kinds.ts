import type { NewNames } from '../../contract/health.ts'
import type { FindingSource } from '../../model/findings/candidate.ts'
import { kindsOfFindings } from '../../model/findings/index.ts'
import type { Db } from '../store/database.ts'
import { signalNumbers } from '../store/signal-numbers.ts'

/** Kinds of findings that no session can show, since nothing has come that tells of them; none before Codex was heard of at all. */
export function silentKinds(db: Db): NewNames['silentFindings'] {
  const is = (condition: string): boolean => db.prepare(`SELECT ${condition}`).pluck().get() === 1
  const ofSignal = (signal: number): boolean =>
    is(`EXISTS (SELECT 1 FROM name JOIN client ON client.id = name.client WHERE codex = 1 AND name.signal = ${signal})`)
  const there: Readonly<Record<FindingSource, boolean>> = {
    logs: ofSignal(signalNumbers.logs),
    traces: ofSignal(signalNumbers.traces),
    files: is('EXISTS (SELECT 1 FROM rollout_thread)'),
  }
  if (!Object.values(there).includes(true)) return []
  return kindsOfFindings
    .filter(({ sources }) => !sources.some((source) => there[source]))
    .map(({ kind, needs }) => ({ kind, needs }))
}
