import type { ParsedParams } from '../../contract/index.ts'
import { aloneOrByHolder } from '../holder-requests.ts'
import { lockDataDir, openForWriting } from '../store/database.ts'
import { findingHandlers } from './procedures.ts'

/** Notes from a command that a fix was written or taken back, so that Insights knows: in the data folder, or by the Colophon that holds it. */
export async function noteFix(dataDir: string, fix: ParsedParams<'finding.fixed'>): Promise<void> {
  await aloneOrByHolder(dataDir, 'finding.fixed', fix, () => {
    const lock = lockDataDir(dataDir)
    try {
      const db = openForWriting(dataDir)
      try {
        return findingHandlers(db)['finding.fixed'](fix)
      } finally {
        db.close()
      }
    } finally {
      lock.release()
    }
  })
}
