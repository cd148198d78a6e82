import { join } from 'node:path'
import { readOwnFile, writeOwnFile } from '../own-file.ts'

const holderFile = 'holder'

/** Says who holds the folder's lock, for the words of whoever finds it taken. The lock itself is the system's. */
export function noteHolder(dataDir: string): void {
  try {
    writeOwnFile(join(dataDir, holderFile), `${String(process.pid)}\n`)
  } catch {
    // A full disk must not keep Colophon from starting.
  }
}

/** The process that noted itself last; null: none did, or it has ended. */
export function readHolder(dataDir: string): number | null {
  const text = readOwnFile(join(dataDir, holderFile))?.trim() ?? ''
  return /^[1-9]\d{0,9}$/.test(text) && isAlive(Number(text)) ? Number(text) : null
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // Another user's process may not be signalled, and is there.
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** As it stands in a sentence: “Colophon (process 7)”. */
export function holderName(dataDir: string): string {
  const holder = readHolder(dataDir)
  return holder === null ? 'Colophon' : `Colophon (process ${String(holder)})`
}

/** Whether it says that another Colophon holds the folder: by its words, which are all that is left of an error of another thread. */
export function isHeld(error: unknown): error is Error {
  return error instanceof Error && error.message.startsWith('another Colophon')
}
