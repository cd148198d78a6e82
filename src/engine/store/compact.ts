import type { Db } from './database.ts'
import type { Job } from './jobs.ts'

/** The value of `PRAGMA auto_vacuum` under which pages can be given back a few at a time. */
const incremental = 2
/** Moving a page to the front is 20 µs of work, and two writes to the log. */
const pagesAtOnce = 50

export function canCompactInSteps(db: Db): boolean {
  return db.pragma('auto_vacuum', { simple: true }) === incremental
}

function freePages(db: Db): number {
  return db.pragma('freelist_count', { simple: true }) as number
}

/** Gives free pages back to the system, from the end of the file, a few at a time. */
export function compactJob(db: Db): Job {
  const pageSize = db.pragma('page_size', { simple: true }) as number
  let total: number | null = null
  let left = 0
  const step = db.transaction((budgetMs: number): void => {
    const until = performance.now() + budgetMs
    while (left > 0 && performance.now() < until) {
      db.pragma(`incremental_vacuum(${pagesAtOnce})`)
      left = freePages(db)
    }
  })
  return {
    kind: 'compact',
    unit: 'pages',
    step(budgetMs) {
      total ??= left = freePages(db)
      step.immediate(budgetMs)
      if (left > 0) return false
      // The file itself gets shorter when the log is written back to it.
      db.pragma('wal_checkpoint(PASSIVE)')
      return true
    },
    progress: () => ({ done: Math.max(0, (total ?? 0) - left), total }),
    words: () => `Returned ${megabytes(((total ?? 0) - left) * pageSize)} to the system.`,
  }
}

/**
 * Writes the whole file anew, so that from then on it can be compacted in steps. Nothing is stored or acknowledged meanwhile, which
 * SQLite offers no way around; readers go on.
 */
export function compactWholeJob(db: Db): Job {
  const size = (): number =>
    (db.pragma('page_count', { simple: true }) as number) * (db.pragma('page_size', { simple: true }) as number)
  let before = 0
  return {
    kind: 'compact',
    unit: 'pages',
    step() {
      before = size()
      db.pragma('auto_vacuum = INCREMENTAL')
      db.exec('VACUUM')
      db.pragma('wal_checkpoint(PASSIVE)')
      return true
    },
    progress: () => ({ done: 0, total: null }),
    words: () => `Returned ${megabytes(before - size())} to the system.`,
  }
}

function megabytes(bytes: number): string {
  return `${(Math.max(0, bytes) / 1e6).toLocaleString('en', { maximumFractionDigits: 1 })} MB`
}
