import type { z } from 'zod'
import { bearerToken, receiverSettings } from '../../contract/receivers.ts'
import { readOwnFile, writeOwnFile } from '../own-file.ts'
import { settingsPath } from './listen-at.ts'

const kept = receiverSettings.extend({ token: bearerToken.nullable() })

/** The token included: it stays in the engine. */
export type KeptSettings = z.infer<typeof kept>

/** Apart from the database, so that a copy of that holds no token. null: never set, or not readable. */
export function readReceiverSettings(dataDir: string): KeptSettings | null {
  try {
    return kept.parse(JSON.parse(readOwnFile(settingsPath(dataDir)) ?? ''))
  } catch {
    return null
  }
}

export function writeReceiverSettings(dataDir: string, settings: KeptSettings): void {
  writeOwnFile(settingsPath(dataDir), `${JSON.stringify(settings, null, 2)}\n`)
}
