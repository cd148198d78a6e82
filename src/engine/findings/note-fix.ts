import type { ParsedParams } from '../../contract/index.ts'
import { askHolder } from '../holder-requests.ts'
import { lockDataDir, openForWriting } from '../store/database.ts'
import { findingHandlers } from './procedures.ts'

/** Notes from a command that a fix was written or taken back, so that Insights knows: in the data folder, or by the Colophon that holds it. */
export async function noteFix(dataDir: string, fix: ParsedParams<'finding.fixed'>): Promise<void> {
  const lock = lockOf(dataDir)
  if (lock === null) {
    const told = await askHolder(dataDir, 'finding.fixed', fix)
    if (!told.ok) throw new Error(told.error.message)
    return
  }
  try {
    const db = openForWriting(dataDir)
    try {
      findingHandlers(db)['finding.fixed'](fix)
    } finally {
      db.close()
    }
  } finally {
    lock.release()
  }
}

/** null: another Colophon holds the folder. */
function lockOf(dataDir: string): ReturnType<typeof lockDataDir> | null {
  try {
    return lockDataDir(dataDir)
  } catch (error) {
    if (error instanceof Error && error.message.startsWith('another Colophon')) return null
    throw error
  }
}
