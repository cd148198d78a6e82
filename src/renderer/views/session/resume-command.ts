import type { HistorySettings } from '../../../contract/history.ts'
import type { SessionDetails } from '../../../contract/session.ts'
import type { SessionSummary } from '../../../model/session/summary.ts'

/** Folders whose names mean the same to every shell between quotation marks. */
const plain = /^[\w./\\: ~@+-]{1,1000}$/

type Resumed = Pick<SessionSummary, 'id' | 'kind' | 'witness' | 'folder' | 'sample'> & Pick<SessionDetails, 'copiedIn'>

/**
 * What goes on with a session in a terminal, from the folder that it worked in; null where Codex has no file to go on from: of another
 * application, of a helper, or where its files are read and none is of the session.
 */
export function resumeCommand(
  { id, kind, witness, folder, sample, copiedIn }: Resumed,
  history: Pick<HistorySettings, 'enabled'> | undefined,
): string | null {
  const hasNoFile = copiedIn !== undefined || (witness === 'telemetry' && history?.enabled !== false)
  if (kind !== 'user' || hasNoFile || sample || !/^[0-9a-f-]{36}$/.test(id)) return null
  return folder !== null && plain.test(folder) ? `cd "${folder}" && codex resume ${id}` : `codex resume ${id}`
}
