import type { StoreJob, StoreState } from '../../contract/store.ts'

/** Long work of the writer, done a little at a time between the requests that are stored. */
export interface Job {
  readonly kind: StoreJob['kind']
  readonly unit: string
  /** Works for about `budgetMs`; true when it is done. Throws with what it fails with. */
  step(budgetMs: number): boolean
  progress(): { readonly done: number; readonly total: number | null }
  /** What it has done, in words for a person. */
  words(): string
  /** Ends early what is under way; what was done stays. */
  stop?(): void
}

export interface Jobs {
  /** Runs it when those before it have ended. Rejects with what it fails with. */
  run(job: Job): Promise<void>
  /** Ends the one that runs before its next step. */
  cancel(): void
  readonly isIdle: boolean
  state(): Pick<StoreState, 'job' | 'last'>
  close(): void
}

/** Bodies that arrive wait for one step at most, and have the thread to themselves between two. */
const stepMs = 20
const pauseMs = 10
const tellEveryMs = 250

interface Waiting {
  readonly job: Job
  readonly done: (error: unknown) => void
}

/** One at a time. `changed` is called when the state has, a few times a second at most. */
export function jobRunner(changed: () => void): Jobs {
  const queue: Waiting[] = []
  let startedAtMs: number | null = null
  let isCancelled = false
  let last: StoreState['last'] = null
  let timer: NodeJS.Timeout | null = null
  let toldMs = 0

  function end({ job, done }: Waiting, words: string, error: unknown): void {
    const failed = error !== null
    last = { kind: job.kind, endedAtMs: Date.now(), words: failed ? message(error) : words, failed }
    queue.shift()
    startedAtMs = null
    isCancelled = false
    done(error)
    changed()
  }

  function work(): void {
    const [running] = queue
    if (running === undefined) return
    const { job } = running
    startedAtMs ??= Date.now()
    try {
      if (isCancelled) {
        job.stop?.()
        end(running, `Stopped. ${job.words()}`, null)
      } else if (job.step(stepMs)) end(running, job.words(), null)
    } catch (error) {
      end(running, '', error)
    }
    timer = queue.length === 0 ? null : setTimeout(work, pauseMs)
    if (performance.now() - toldMs < tellEveryMs) return
    toldMs = performance.now()
    changed()
  }

  return {
    run(job) {
      timer ??= setTimeout(work, 0)
      return new Promise((resolve, reject) => {
        queue.push({ job, done: (error) => (error === null ? resolve() : reject(asError(error))) })
      })
    },
    cancel() {
      isCancelled = queue.length > 0
    },
    get isIdle() {
      return queue.length === 0
    },
    state() {
      const [running] = queue
      if (running === undefined) return { job: null, last }
      const { kind, unit } = running.job
      return { job: { kind, unit, startedAtMs: startedAtMs ?? Date.now(), ...running.job.progress() }, last }
    },
    close() {
      if (timer !== null) clearTimeout(timer)
      queue[0]?.job.stop?.()
      while (queue[0] !== undefined) end(queue[0], 'Colophon was closed.', null)
    },
  }
}

function message(error: unknown): string {
  return asError(error).message
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error))
}
