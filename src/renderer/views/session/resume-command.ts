import type { SessionSummary } from '../../../model/session/summary.ts'

/** Folders whose names mean the same to every shell between quotation marks. */
const plain = /^[\w./\\: ~@+-]{1,1000}$/

/**
 * What goes on with a session in a terminal, from the folder that it worked in; null where Codex has no file to go on from: of another
 * application, of a helper, or of a session that telemetry alone tells of.
 */
export function resumeCommand({
  id,
  kind,
  witness,
  folder,
  sample,
}: Pick<SessionSummary, 'id' | 'kind' | 'witness' | 'folder' | 'sample'>): string | null {
  if (kind !== 'user' || witness === 'telemetry' || sample || !/^[0-9a-f-]{36}$/.test(id)) return null
  return folder !== null && plain.test(folder) ? `cd "${folder}" && codex resume ${id}` : `codex resume ${id}`
}
