import type { Worker } from 'node:worker_threads'
import { expect, onTestFinished, vi } from 'vitest'
import { exportChunkBytes, type ExportFormat, type ExportProgress } from '../../../src/contract/exchange.ts'
import type { ExportReply } from '../../../src/engine/exchange/export-task.ts'
import type { UnderTest } from '../engine/engine-under-test.ts'

/** All that threads of exports say from now on, as it comes: who asks now and then may find a phase over before it is seen. */
export function hearExports(heard: (said: ExportReply) => void): void {
  const listen = (worker: Worker & { readonly threadName?: string | null }): void => {
    if (worker.threadName === 'colophon export') worker.on('message', heard)
  }
  process.on('worker', listen)
  onTestFinished(() => void process.off('worker', listen))
}

/** Waits until an export or a preview is done. */
export async function exportDone(engine: UnderTest, exportId: string): Promise<ExportProgress> {
  return vi.waitFor(
    async () => {
      const progress = await engine.ask('export.progress', { exportId })
      expect(progress.done).toBe(true)
      return progress
    },
    { timeout: 60_000, interval: 10 },
  )
}

/** The whole file, fetched as the page fetches it. */
export async function readWhole(engine: UnderTest, exportId: string): Promise<Buffer> {
  const pieces: Uint8Array[] = []
  for (let offset = 0; ;) {
    const piece = await engine.ask('export.read', { exportId, offset })
    expect(piece.length).toBeLessThanOrEqual(exportChunkBytes)
    expect(piece.buffer.byteLength).toBe(piece.length)
    if (piece.length === 0) return Buffer.concat(pieces)
    pieces.push(piece)
    offset += piece.length
  }
}

export async function exportWhole(engine: UnderTest, id: string, format: ExportFormat) {
  const started = await engine.ask('export.start', { id, format })
  await exportDone(engine, started.exportId)
  const text = (await readWhole(engine, started.exportId)).toString()
  await engine.ask('export.end', { exportId: started.exportId })
  return { fileName: started.fileName, mediaType: started.mediaType, text }
}
