import type { NewNames } from '../../contract/health.ts'
import type { FindingSource } from '../../model/findings/candidate.ts'
import type { FindingKind } from '../../model/findings/finding.ts'
import { kindsOfFindings } from '../../model/findings/index.ts'
import { thresholds } from '../../model/findings/thresholds.ts'
import type { Db } from '../store/database.ts'
import { signalNumbers } from '../store/signal-numbers.ts'

/** What is compared with the user's own history waits until there is enough of it. */
const historyOf: Partial<Record<FindingKind, { readonly isLong: string; readonly waitsFor: string }>> = {
  'slow-first-item': {
    isLong: `EXISTS (SELECT 1 FROM api_call WHERE status = 'completed' AND ttft_ms IS NOT NULL AND model IS NOT NULL
      GROUP BY model, effort HAVING count(*) >= ${thresholds.knownCalls})`,
    waitsFor: `Nothing is missing: it compares an answer with your own before it, and waits until ${thresholds.knownCalls} of one model at one effort are known.`,
  },
  'slow-command': {
    isLong: `EXISTS (SELECT 1 FROM tool_call WHERE run_ms IS NOT NULL AND history IS NOT NULL GROUP BY history HAVING count(*) >= ${thresholds.knownRuns})
      OR EXISTS (SELECT 1 FROM finding WHERE kind = 'slow-command')`,
    waitsFor: `Nothing is missing: it compares a run with your own before it, and waits until ${thresholds.knownRuns} of one command are known. One that runs into its time limit is told at once.`,
  },
}

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
  return kindsOfFindings.flatMap(({ kind, needs, waitsFor, sources }) => {
    if (!sources.some((source) => there[source])) return [{ kind, needs, waitsFor }]
    const history = historyOf[kind]
    return history === undefined || is(history.isLong) ? [] : [{ kind, needs, waitsFor: history.waitsFor }]
  })
}
