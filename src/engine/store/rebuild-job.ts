import type { Db } from './database.ts'
import type { Job } from './jobs.ts'
import type { Writer } from './writer.ts'

/** Derives all facts anew. Cut off by the end of the app, it goes on at the next start. */
export function rebuildJob(db: Db, writer: Writer): Job & { readonly bodies: () => number } {
  let isBegun = false
  let total: number | null = null
  let done = 0
  const bodies = (): number => db.prepare<[], number>('SELECT count(*) FROM body').pluck().get() ?? 0
  return {
    kind: 'rebuild',
    unit: 'request bodies',
    bodies,
    step(budgetMs) {
      if (!isBegun) {
        writer.rebuilding.begin()
        isBegun = true
        return false
      }
      const isDone = writer.rebuilding.step(budgetMs)
      const progress = writer.rebuilding.progress()
      done = progress?.done ?? total ?? 0
      total = progress?.total ?? total
      return isDone
    },
    progress: () => ({ done, total }),
    words: () => `Rebuilt from ${bodies().toLocaleString('en')} request bodies.`,
  }
}
