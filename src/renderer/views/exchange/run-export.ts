import type { ExportProgress } from '../../../contract/exchange.ts'
import type { Bridge } from '../../../contract/bridge.ts'
import type { Result } from '../../../contract/result.ts'

/** Whoever waits hears how far it is, and may stop waiting. */
export interface Waiting {
  readonly isStopped: () => boolean
  readonly onProgress: (progress: ExportProgress) => void
}

/** Most sessions are written before one looks twice; a large one takes no harm from being asked four times a second. */
const delaysMs = [20, 40, 80, 160] as const
const usualDelayMs = 250

/** Asks how far an export or a preview is until it is done, or has failed; null once whoever waits has stopped. */
export async function untilDone(
  bridge: Bridge,
  exportId: string,
  { isStopped, onProgress }: Waiting,
): Promise<Result<ExportProgress> | null> {
  for (let asked = 0; ; asked += 1) {
    const result = await bridge.invoke('export.progress', { exportId })
    if (isStopped()) return null
    if (!result.ok || result.value.done) return result
    onProgress(result.value)
    await new Promise((done) => setTimeout(done, delaysMs[asked] ?? usualDelayMs))
    if (isStopped()) return null
  }
}

/**
 * The file of an export that is done; null once whoever waits has stopped. Each piece becomes a blob at once: the browser
 * keeps those outside the page, and on disk when they are many.
 */
export async function readExport(
  bridge: Bridge,
  { exportId, mediaType }: { readonly exportId: string; readonly mediaType: string },
  { isStopped, onRead }: { readonly isStopped: () => boolean; readonly onRead: (bytes: number) => void },
): Promise<Result<Blob> | null> {
  const pieces: Blob[] = []
  for (let offset = 0; ;) {
    const result = await bridge.invoke('export.read', { exportId, offset })
    if (isStopped()) return null
    if (!result.ok) return result
    const { length } = result.value
    if (length === 0) return { ok: true, value: new Blob(pieces, { type: mediaType }) }
    pieces.push(new Blob([new Uint8Array(result.value)]))
    offset += length
    onRead(offset)
  }
}
