import type { Db } from '../store/database.ts'
import type { HistoryBatch } from './read-homes.ts'
import { sweeper } from '../store/sweep.ts'
import { tombstones, type Tombstones } from '../store/tombstones.ts'
import { rolloutWriter, type RolloutProgress } from './rollout-writer.ts'
import type { Told } from './told-rows.ts'

export interface Forgot {
  readonly forgotten: number
  readonly left: number
}

export interface HistoryStore {
  /** Writes a batch in one transaction. */
  write(batch: HistoryBatch): void
  /** Takes back what some files said, a piece of it: how many those were, and how many are left. */
  forgetSome(budgetMs?: number): Forgot
}

/** Small enough that a body that arrives meanwhile waits some milliseconds. */
const forgottenAtOnce = 10
const sweepBudgetMs = 20
/** The files of the sample are its own. */
const read = 'FROM rollout_file WHERE thread_id NOT IN (SELECT id FROM session WHERE sample = 1)'

export function historyStore(db: Db, tombs: Tombstones = tombstones(db)): HistoryStore {
  const writer = rolloutWriter(db)
  const some = db.prepare<[], string>(`SELECT rollout_id ${read} LIMIT ${forgottenAtOnce}`).pluck()
  const left = db.prepare<[], number>(`SELECT count(*) ${read}`).pluck()
  const sweep = sweeper(db)
  /** Of a session that the user deleted it is noted how far its file is read, and nothing else. */
  function refuse({ part: _part, ...progress }: RolloutProgress, { rows }: Told): void {
    writer.write(progress, { rows: new Map(), span: null, spawned: [], copied: new Map() })
    tombs.refused(
      progress.threadId,
      [...rows.values()].reduce((sum, { length }) => sum + length, 0),
    )
  }

  return {
    write(batch) {
      db.transaction(() => {
        for (const rolloutId of batch.renew) writer.takeBack(rolloutId)
        for (const { progress, told } of batch.files) {
          if (tombs.has(progress.threadId)) refuse(progress, told)
          else writer.write(progress, { ...told, copied: new Map([...told.copied].filter(([id]) => !tombs.has(id))) })
        }
      }).immediate()
    },
    forgetSome(budgetMs = sweepBudgetMs) {
      const forgotten = db
        .transaction(() => {
          const ids = some.all()
          for (const id of ids) writer.takeBack(id)
          return ids.length
        })
        .immediate()
      const isSwept = sweep.step(budgetMs)
      return { forgotten, left: (left.get() ?? 0) + (isSwept ? 0 : 1) }
    },
  }
}
