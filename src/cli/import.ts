import { resolve } from 'node:path'
import type { ImportedFile, ImportProgress, ImportResult } from '../contract/exchange.ts'
import { sessionName } from '../contract/session-name.ts'
import { importIntoFolder } from '../engine/exchange/import-into-folder.ts'
import { isHeld } from '../engine/store/holder.ts'
import type { ImportOptions } from './options/exchange.ts'
import { showProgressLine } from './terminal.ts'

/** Imports files into a data folder; Ctrl-C takes back what was stored. The exit code is 1 where anything was left out. */
export async function importFiles({ files, intoReceived, dataDir }: ImportOptions): Promise<void> {
  let isCancelled = false
  const cancel = (): void => {
    isCancelled = true
  }
  process.once('SIGINT', cancel)
  process.once('SIGTERM', cancel)
  const result = await importIntoFolder({
    dataDir,
    paths: files.map((file) => resolve(file)),
    intoReceived,
    isCancelled: () => isCancelled,
    onProgress: showProgress,
  }).catch((error: unknown) => {
    if (isHeld(error)) throw new Error(`${error.message}: import the files there, or stop it first`, { cause: error })
    throw error
  })
  if (result.cancelled) throw new Error('stopped: nothing was imported')
  if (result.touches.length > 0 && !intoReceived) throw new Error(wordsOf(result.touches))
  for (const file of result.files) tell(file)
  if (result.files.some(({ error, leftOut }) => error !== null || leftOut.count > 0)) process.exitCode = 1
}

function wordsOf(touches: ImportResult['touches']): string {
  const sessions = touches.map(
    (touched) => `\n  ${touched.sessionId}  ${sessionName({ ...touched, id: touched.sessionId })}`,
  )
  return `nothing was imported, because it would add records to sessions that Colophon received itself:${sessions.join('')}
--into-received imports it all the same; each of these sessions will say so, and the import can be undone there.`
}

function tell({ name, error, leftOut, records, known, sessionFiles, rejected }: ImportedFile): void {
  if (error !== null) process.stderr.write(`colophon: ${name}: ${error}; nothing of it was imported\n`)
  else {
    const parts = [
      [records.traces, 'spans'],
      [records.logs, 'log records'],
      [records.metrics, 'metric points'],
      [sessionFiles, 'session files'],
      [known, 'already known'],
      [rejected, 'without valid ids'],
    ] as const
    const words = parts.filter(([count]) => count > 0).map(([count, what]) => `${String(count)} ${what}`)
    process.stdout.write(`${name}: ${words.join(', ') || 'no records'}\n`)
  }
  for (const { reason } of leftOut.first) process.stderr.write(`colophon: ${name}: left out: ${reason}\n`)
  const more = leftOut.count - leftOut.first.length
  if (more > 0)
    process.stderr.write(`colophon: ${name}: ${String(more)} more left out, ${String(leftOut.count)} in all\n`)
}

let shownAt = 0

function showProgress({ running, file, phase, bytesDone, bytes }: ImportProgress): void {
  if (!process.stderr.isTTY) return
  if (!running) {
    showProgressLine(null)
    return
  }
  const now = performance.now()
  if (now - shownAt < 100) return
  shownAt = now
  const share = bytes === 0 ? '' : ` ${String(Math.min(100, Math.floor((100 * bytesDone) / bytes)))} %`
  showProgressLine(`${file}: ${phase}${share}`)
}
