import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { readOwnFile, writeOwnFile } from '../own-file.ts'
import { readHolder } from '../store/holder.ts'

const listening = z.object({
  pid: z.number().int(),
  grpc: z.string().nullable(),
  http: z.string().nullable(),
  /** Where its page is, without the token; null where it shows its window, or nothing. */
  page: z.string().nullable(),
})

export type Listening = z.infer<typeof listening>

const pathIn = (dataDir: string): string => join(dataDir, 'listening.json')

/** Where the receivers really listen, for commands that run beside the host: it may have been told other ports for this one run. */
export function noteListening(dataDir: string, addresses: Omit<Listening, 'pid'>): void {
  try {
    writeOwnFile(pathIn(dataDir), `${JSON.stringify({ pid: process.pid, ...addresses })}\n`)
  } catch {
    // A full disk must not keep Colophon from starting.
  }
}

export function forgetListening(dataDir: string): void {
  rmSync(pathIn(dataDir), { force: true })
}

/** null: nothing runs on this data folder, or nothing is known of it. */
export function readListening(dataDir: string): Listening | null {
  try {
    const noted = listening.parse(JSON.parse(readOwnFile(pathIn(dataDir)) ?? ''))
    return noted.pid === readHolder(dataDir) ? noted : null
  } catch {
    return null
  }
}
