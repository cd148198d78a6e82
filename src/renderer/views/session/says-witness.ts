import type { HistorySettings } from '../../../contract/history.ts'
import type { SessionSummary } from '../../../model/session/summary.ts'

/** Whether a head names its witness: that telemetry alone tells of a session is news only where files are read as well. */
export function saysWitness(
  { kind, witness }: Pick<SessionSummary, 'kind' | 'witness'>,
  history: Pick<HistorySettings, 'enabled'> | undefined,
): boolean {
  return witness !== 'telemetry' || (kind !== 'app' && history?.enabled === true)
}
