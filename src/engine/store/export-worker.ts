import { closeSync, openSync, writeFileSync } from 'node:fs'
import { parentPort, workerData } from 'node:worker_threads'
import type { RedactionPreview } from '../../contract/exchange.ts'
import { ProcedureError } from '../../contract/result.ts'
import { exportPieces, previewRedaction, type ExportWatch } from '../exchange/export-session.ts'
import type { ExportReply, ExportWorkerOptions } from '../exchange/export-task.ts'
import { openForReading, type Db } from './database.ts'

const tellEveryMs = 100

const port = parentPort
if (port === null) throw new Error('an export runs as a worker')
const reply = (message: ExportReply): void => {
  port.postMessage(message)
}

try {
  const options = workerData as ExportWorkerOptions
  const db = openForReading(options.dataDir)
  try {
    reply({ kind: 'done', preview: run(db, options) })
  } finally {
    db.close()
  }
} catch (error) {
  const code = error instanceof ProcedureError ? error.code : 'internal'
  reply({ kind: 'failed', code, message: error instanceof Error ? error.message : String(error) })
}

function run(db: Db, { task, version }: ExportWorkerOptions): RedactionPreview | null {
  const { watch, wrote, tell } = teller()
  if (task.kind === 'preview') return previewRedaction(db, task, watch)
  // Private, and never written over: the name was made for it alone.
  const file = openSync(task.path, 'wx', 0o600)
  try {
    db.transaction(() => {
      for (const piece of exportPieces(db, { ...task, version }, watch)) {
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
