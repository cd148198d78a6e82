import { findId } from '../reading/find-session.ts'
import { openFolder } from '../reading/open-folder.ts'
import { exportPieces, type ExportRequest } from './export-session.ts'
import { readSaid } from './said.ts'

/** A session of a data folder, ready to be written out piece by piece. */
export interface StoredSession {
  readonly id: string
  pieces(): Iterable<string>
  close(): void
}

/**
 * Opens a data folder for reading alone, so that it works beside a Colophon that runs on it. The id may be the beginning
 * of one. Throws an Error in words for a person.
 */
export async function openStoredSession(
  dataDir: string,
  { conversation, ...request }: Omit<ExportRequest, 'said'> & { readonly conversation: boolean },
): Promise<StoredSession> {
  const db = openFolder(dataDir)
  try {
    const id = findId(db, request.id)
    const said = conversation ? await readSaid(db, id) : null
    // One moment of the database, however long the writing takes.
    db.exec('BEGIN')
    return {
      id,
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
