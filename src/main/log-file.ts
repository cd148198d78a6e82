import { appendFileSync, chmodSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { makeFolder } from '../engine/make-folder.ts'
import { loggable } from './log-text.ts'

const usualMostBytes = 1024 * 1024
const olderFiles = 3

/** Appends lines to `colophon.log`; a full file becomes `colophon.1.log`, and the oldest goes. Readable by its owner alone. */
export function logFile(folder: string, mostBytes = usualMostBytes): { write: (message: string) => void } {
  makeFolder(folder)
  const path = (n: number): string => join(folder, n === 0 ? 'colophon.log' : `colophon.${String(n)}.log`)
  let size = sizeOf(path(0))

  function turnOver(): void {
    for (let n = olderFiles - 1; n >= 0; n--) if (sizeOf(path(n)) > 0) renameSync(path(n), path(n + 1))
    size = 0
  }
  return {
    write(message) {
      const text = loggable(message)
      if (text === '') return
      const line = Buffer.from(`${new Date().toISOString()} ${text}\n`)
      try {
        if (size > 0 && size + line.length > mostBytes) turnOver()
        appendFileSync(path(0), line, { mode: 0o600 })
        if (size === 0) chmodSync(path(0), 0o600)
        size += line.length
      } catch {
        // A full disk must not take the receivers down with the log.
      }
    },
  }
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0
}

/** Whatever this process and its workers report also goes to the log: people who start an app by its icon see no terminal. */
export function logReports(folder: string): void {
  const { write } = logFile(folder)
  const stderr = process.stderr
  const show = stderr.write.bind(stderr) as (...args: unknown[]) => boolean
  stderr.write = (chunk: Uint8Array | string, ...rest: unknown[]) => {
    write(typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString())
    return show(chunk, ...rest)
  }
  process.on('uncaughtExceptionMonitor', (error) => {
    write(`uncaught: ${error.stack ?? error.message}`)
  })
  write(`Colophon starts, process ${String(process.pid)}`)
}
