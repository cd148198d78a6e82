import { closeSync, openSync, rmSync, writeFileSync } from 'node:fs'
import { parentPort, workerData } from 'node:worker_threads'
import type { RedactionPreview } from '../../contract/exchange.ts'
import { ProcedureError } from '../../contract/result.ts'
import { exportPieces, previewRedaction, type ExportWatch } from '../exchange/export-session.ts'
import { readSaid } from '../exchange/said.ts'
import type { SaidItem } from '../../model/exchange/session-file.ts'
import type { ExportReply, ExportRequestOfThread } from '../exchange/export-task.ts'
import { openForReading, type Db } from './database.ts'
import type { WorkerOptions } from './messages.ts'

const tellEveryMs = 100

const port = parentPort
if (port === null) throw new Error('an export runs as a worker')
const { dataDir, version } = workerData as WorkerOptions
const reply = (message: ExportReply): void => {
  port.postMessage(message)
}

port.on('message', (request: ExportRequestOfThread) => void make(request))
reply({ kind: 'ready' })

async function make({ id, task }: ExportRequestOfThread): Promise<void> {
  try {
    const db = openForReading(task.copy ?? dataDir)
    try {
      reply({ kind: 'done', id, preview: run(db, task, task.conversation ? await readSaid(db, task.id) : null) })
    } finally {
      db.close()
    }
  } catch (error) {
    const code = error instanceof ProcedureError ? error.code : 'internal'
    reply({ kind: 'failed', id, code, message: error instanceof Error ? error.message : String(error) })
  }
}

function run(db: Db, task: ExportRequestOfThread['task'], said: readonly SaidItem[] | null): RedactionPreview | null {
  const { watch, wrote, tell } = teller()
  if (task.kind === 'preview') return previewRedaction(db, { ...task, said: said ?? [] }, watch)
  // Of a thread that ended while it wrote; the name was made for this export alone.
  rmSync(task.path, { force: true })
  // Private, and never written over.
  const file = openSync(task.path, 'wx', 0o600)
  try {
    db.transaction(() => {
      for (const piece of exportPieces(db, { ...task, version, said }, watch)) {
        const bytes = Buffer.from(piece)
        writeFileSync(file, bytes)
        wrote(bytes.length)
      }
    })()
    tell()
  } finally {
    closeSync(file)
  }
  return null
}

/** Tells how far it is, at most ten times a second; the clock is looked at once in a hundred records. */
function teller(): { watch: ExportWatch; wrote: (bytes: number) => void; tell: () => void } {
  const at = { phase: 'reading' as Parameters<ExportWatch['enter']>[0], recordsDone: 0, records: 0, bytes: 0 }
  let toldMs = performance.now()
  const tell = (): void => {
    toldMs = performance.now()
    reply({ kind: 'progress', progress: { ...at } })
  }
  return {
    watch: {
      enter(phase, records) {
        Object.assign(at, { phase, records, recordsDone: 0 })
        tell()
      },
      record() {
        at.recordsDone++
        if (at.recordsDone % 100 === 0 && performance.now() - toldMs >= tellEveryMs) tell()
      },
    },
    wrote(bytes) {
      at.bytes += bytes
    },
    tell,
  }
}
