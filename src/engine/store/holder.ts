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
  if (!/^[1-9]\d{0,9}$/.test(text)) return null
  try {
    process.kill(Number(text), 0)
  } catch (error) {
    // Another user's process may not be signalled, and is there.
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) return null
  }
  return Number(text)
}

/** As it stands in a sentence: “Colophon (process 7)”. */
export function holderName(dataDir: string): string {
  const holder = readHolder(dataDir)
  return holder === null ? 'Colophon' : `Colophon (process ${String(holder)})`
}
