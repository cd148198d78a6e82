import { findSessionNamed, type FoundSession } from '../reading/find-session.ts'
import { openFolder } from '../reading/open-folder.ts'
import { exportPieces, type ExportRequest } from './export-session.ts'
import { readSaid } from './said.ts'

/** A session of a data folder, ready to be written out piece by piece. */
export interface StoredSession {
  readonly found: FoundSession
  pieces(): Iterable<string>
  close(): void
}

export interface StoredRequest extends Omit<ExportRequest, 'id' | 'said'> {
  readonly session: string
  /** Where `last` is looked for first. */
  readonly folder: string
  readonly conversation: boolean
}

/**
 * Opens a data folder for reading alone, so that it works beside a Colophon that runs on it. The session is named as
 * `findSessionNamed` has it. Throws an Error in words for a person.
 */
export async function openStoredSession(
  dataDir: string,
  { session, folder, conversation, ...request }: StoredRequest,
): Promise<StoredSession> {
  const db = openFolder(dataDir)
  try {
    const found = findSessionNamed(db, session, folder)
    const { id } = found
    const said = conversation ? await readSaid(db, id) : null
    // One moment of the database, however long the writing takes.
    db.exec('BEGIN')
    return {
      found,
      pieces: () => exportPieces(db, { ...request, id, said }),
      close: () => {
        db.close()
      },
    }
  } catch (error) {
    db.close()
    throw error
  }
}
