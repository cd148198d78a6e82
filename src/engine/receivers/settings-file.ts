import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { z } from 'zod'
import { bearerToken, receiverSettings } from '../../contract/receivers.ts'

const kept = receiverSettings.extend({ token: bearerToken.nullable() })

/** The token included: it stays in the engine. */
export type KeptSettings = z.infer<typeof kept>

const fileName = 'receivers.json'

/** Apart from the database, so that a copy of that holds no token. null: never set, or not readable. */
export function readReceiverSettings(dataDir: string): KeptSettings | null {
  try {
    return kept.parse(JSON.parse(readFileSync(join(dataDir, fileName), 'utf8')))
  } catch {
    return null
  }
}

export function writeReceiverSettings(dataDir: string, settings: KeptSettings): void {
  const path = join(dataDir, fileName)
  writeFileSync(`${path}.new`, `${JSON.stringify(settings, null, 2)}\n`, { mode: 0o600 })
  renameSync(`${path}.new`, path)
}
