import type { Db } from './database.ts'
import type { Job } from './jobs.ts'
import type { Bounds, Pruned, Pruning } from './prune.ts'
import { stepsOf } from './steps-of.ts'

/** `forget` as for `stepsOf`. */
export function pruneJob(db: Db, pruning: Pruning, bounds: Bounds, forget: () => void): Job {
  const total = pruning.due(bounds).bodies
  const pruned: Pruned = { bodies: 0, records: 0, sessions: 0 }
  return {
    kind: 'prune',
    unit: 'request bodies',
    step: stepsOf(db, pruning.run(bounds, pruned), forget),
    // The bound on bytes is not known in bodies.
    progress: () => ({ done: pruned.bodies, total: bounds.maxBytes === Infinity ? total : null }),
    words: () =>
      pruned.bodies + pruned.sessions === 0
        ? 'Nothing was old enough to prune.'
        : `Pruned ${told(pruned.records, 'raw record')} in ${told(pruned.bodies, 'request')} and ${told(pruned.sessions, 'session')}.`,
  }
}

function told(count: number, noun: string): string {
  return `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`
}
