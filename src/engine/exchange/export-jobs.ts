import { randomUUID } from 'node:crypto'
import { rmSync } from 'node:fs'
import { open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { makeFolder } from '../make-folder.ts'
import { exportChunkBytes, type ExportProgress } from '../../contract/exchange.ts'
import { ProcedureError } from '../../contract/result.ts'
import type { WorkerOptions } from '../store/messages.ts'
import { keepRunning, type Kept, type Watch } from '../threads/keep-running.ts'
import { threadOf } from '../threads/start-thread.ts'
import type { ExportReply, ExportTask } from './export-task.ts'

/** `Omit` of each member of a union by itself. */
export type Without<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never

/** Exports and previews, each on a thread of its own, and the files that wait to be read. */
export interface ExportJobs {
  start(task: Without<ExportTask, 'path'>): string
  progress(exportId: string): ExportProgress
  read(exportId: string, offset: number): Promise<Uint8Array>
  end(exportId: string): Promise<void>
  close(): Promise<void>
}

interface Job {
  readonly path: string
  readonly copy: string | undefined
  readonly thread: Kept
  /** Runs out when nobody asks for the job any more. */
  readonly idle: NodeJS.Timeout
  progress: ExportProgress
  failure: ProcedureError | null
}

/** More threads than this would only wait for each other. */
const mostRunning = 4
/** A page in a hidden tab may ask once a minute. */
const usualIdleMs = 300_000

/** The folder is this engine's alone: what a crash left in it is removed. */
export function createExportJobs(options: WorkerOptions, watch: Watch, idleMs = usualIdleMs): ExportJobs {
  const folder = join(options.dataDir, 'exports')
  rmSync(folder, { recursive: true, force: true })
  const jobs = new Map<string, Job>()

  function jobOf(exportId: string): Job {
    const job = jobs.get(exportId)
    if (job === undefined) throw new ProcedureError('not_found', `no export ${exportId}`)
    job.idle.refresh()
    if (job.failure !== null) throw job.failure
    return job
  }

  /** Twice where its thread ended: the second file is as good as the first would have been. */
  async function run(job: Job, task: ExportTask): Promise<void> {
    try {
      const reply = await job.thread.askTwice<Extract<ExportReply, { id: number }>>({ kind: 'export', task })
      if (reply.kind === 'done') job.progress = { ...job.progress, done: true, preview: reply.preview }
      else job.failure = new ProcedureError(reply.code, reply.message)
    } catch (error) {
      job.failure = error instanceof ProcedureError ? error : new ProcedureError('internal', String(error))
    }
    await job.thread.end()
  }

  async function end(exportId: string): Promise<void> {
    const job = jobs.get(exportId)
    if (job === undefined) return
    jobs.delete(exportId)
    clearTimeout(job.idle)
    await job.thread.close()
    await rm(job.path, { force: true })
    if (job.copy !== undefined) await rm(job.copy, { recursive: true, force: true })
  }

  return {
    start(task) {
      if ([...jobs.values()].filter(isRunning).length >= mostRunning)
        throw new ProcedureError(
          'unavailable',
          `${mostRunning} exports are already running: try again when one is done`,
        )
      makeFolder(folder)
      const exportId = randomUUID()
      const path = join(folder, exportId)
      const idle = setTimeout(() => void end(exportId), idleMs).unref()
      const thread = keepRunning({
        part: 'export',
        key: `export ${exportId}`,
        start: threadOf('export', () => options),
        watch,
        onMessage(message) {
          const reply = message as ExportReply
          if (reply.kind === 'progress') job.progress = { ...job.progress, ...reply.progress }
        },
      })
      const job: Job = { path, copy: task.copy, thread, idle, progress: beginning, failure: null }
      jobs.set(exportId, job)
      void run(job, { ...task, path } as ExportTask)
      return exportId
    },
    progress: (exportId) => jobOf(exportId).progress,
    async read(exportId, offset) {
      const { path, progress } = jobOf(exportId)
      if (!progress.done || progress.preview !== null)
        throw new ProcedureError('bad_request', 'there is no file to read')
      const file = await open(path)
      try {
        const left = Math.max(0, (await file.stat()).size - offset)
        // Exactly as long as what it holds: over IPC the whole buffer travels.
        const bytes = new Uint8Array(Math.min(left, exportChunkBytes))
        const { bytesRead } = await file.read(bytes, 0, bytes.length, offset)
        return bytesRead === bytes.length ? bytes : bytes.slice(0, bytesRead)
      } finally {
        await file.close()
      }
    },
    end,
    async close() {
      await Promise.all([...jobs.keys()].map(end))
      await rm(folder, { recursive: true, force: true })
    },
  }
}

const beginning: ExportProgress = {
  ...{ done: false, phase: 'reading', recordsDone: 0, records: 0, bytes: 0, preview: null },
}

function isRunning({ progress, failure }: Job): boolean {
  return !progress.done && failure === null
}
