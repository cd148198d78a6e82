import type { Db } from './database.ts'
import type { Job } from './jobs.ts'

/**
 * Steps of a work that pauses at each `yield`, each in a transaction of about `budgetMs`. `forget` follows each: ids of what is gone must not
 * be used again from memory. `passed` hears of each pause.
 */
export function stepsOf(db: Db, work: Iterator<void, void>, forget: () => void, passed?: () => void): Job['step'] {
  const step = db.transaction((budgetMs: number): boolean => {
    const until = performance.now() + budgetMs
    while (performance.now() < until) {
      if (work.next().done === true) return true
      passed?.()
    }
    return false
  })
  return (budgetMs) => {
    try {
      return step.immediate(budgetMs)
    } finally {
      forget()
    }
  }
}
