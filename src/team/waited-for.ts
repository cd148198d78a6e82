import { AsyncLocalStorage } from 'node:async_hooks'
import { ProcedureError } from '../contract/result.ts'

/** Whoever waits for what goes on here; aborted once they do not any more. */
const asker = new AsyncLocalStorage<AbortSignal>()

/** Whatever `work` asks of a server is given up, here and there, once nobody waits for it. */
export function whileWaited<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  return asker.run(signal, work)
}

/** undefined: whoever asks waits for as long as it takes. */
export function waiting(): AbortSignal | undefined {
  return asker.getStore()
}

/** Somebody wanted all that is asked to end. */
export const stopped = (): ProcedureError => new ProcedureError('unavailable', 'it was stopped')

/** Nobody waited for it any more. */
export class Left extends ProcedureError {
  constructor() {
    super('unavailable', 'nobody waited for it any more')
  }
}

/** Once more for who has come just when the work that others had left was given up. */
export async function unlessLeft<T>(work: () => Promise<T>): Promise<T> {
  for (;;)
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof Left) || waiting()?.aborted) throw error
    }
}

/** Work that several wait for: the one that leaves hears so at once, and when the last one has left it is given up. */
export interface Waiters {
  readonly run: <T>(work: () => Promise<T>) => Promise<T>
  readonly wait: <T>(result: Promise<T>) => Promise<T>
}

export function waiters(): Waiters {
  const running = new Set<AbortController>()
  let count = 0
  return {
    run(work) {
      const given = new AbortController()
      running.add(given)
      const result = whileWaited(given.signal, work)
      const done = (): void => void running.delete(given)
      // Whoever waits is told of a failure.
      result.then(done, done)
      return result
    },
    async wait<T>(result: Promise<T>): Promise<T> {
      const mine = waiting()
      count++
      let leave: () => void = () => undefined
      const left = new Promise<never>((_, refuse) => {
        leave = () => {
          refuse(new Left())
        }
        if (mine?.aborted) leave()
        mine?.addEventListener('abort', leave)
      })
      try {
        return await Promise.race([result, left])
      } finally {
        mine?.removeEventListener('abort', leave)
        count--
        if (mine?.aborted && count === 0) for (const given of running) given.abort()
      }
    },
  }
}
