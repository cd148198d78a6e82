import { rmSync } from 'node:fs'
import type { StoreJob, StoreState } from '../../contract/store.ts'
import type { RunningJob, WriterOptions } from './messages.ts'

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
  /** What would be worth nothing if the thread ended now. */
  readonly unfinishedFile?: string
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

/**
 * One at a time. `told` is told what runs when that has changed or come further, a few times a second at most. `cutOff` is what the
 * writer before this one was at when it ended.
 */
export function jobRunner(told: (running: RunningJob | null) => void, cutOff: WriterOptions['cutOff'] = null): Jobs {
  const queue: Waiting[] = []
  let startedAtMs: number | null = null
  let isCancelled = false
  let last: StoreState['last'] = cutOff === null ? null : endOf(cutOff)
  let timer: NodeJS.Timeout | null = null
  let toldMs = 0

  function changed(): void {
    const [running] = queue
    told(running === undefined ? null : { kind: running.job.kind, unfinishedFile: running.job.unfinishedFile ?? null })
  }

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
    if (startedAtMs === null) changed()
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

/** A rebuild goes on by its own mark, what was pruned or given back stays so, and a copy that is not whole is worth nothing. */
function endOf({ kind, unfinishedFile, why }: NonNullable<WriterOptions['cutOff']>): StoreState['last'] {
  if (unfinishedFile !== null) rmSync(unfinishedFile, { force: true })
  const left =
    kind === 'rebuild'
      ? 'The rest is done now.'
      : kind === 'backup'
        ? 'No backup was written.'
        : 'The rest is not done.'
  return { kind, endedAtMs: Date.now(), words: `Cut off, because the writer ended: ${why}. ${left}`, failed: true }
}

function message(error: unknown): string {
  return asError(error).message
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error))
}
