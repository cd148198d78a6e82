import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { teamConnection } from '../../contract/team.ts'
import type { Keychain } from '../engine.ts'
import { readOwnFile, writeOwnFile } from '../own-file.ts'

const fileName = 'team.json'

const kept = z.object({
  connection: teamConnection,
  /** `sealed`: by the keychain of the system, which alone can read it. */
  password: z.object({ sealed: z.boolean(), value: z.string() }).nullable(),
})

export type KeptTeam = z.output<typeof kept>

/** Apart from the database, so that no copy of that, no export and no console holds it. null: none is set up. */
export function readTeam(dataDir: string): KeptTeam | null {
  try {
    return kept.parse(JSON.parse(readOwnFile(join(dataDir, fileName)) ?? ''))
  } catch {
    return null
  }
}

export function writeTeam(dataDir: string, team: KeptTeam): void {
  writeOwnFile(join(dataDir, fileName), `${JSON.stringify(team, null, 2)}\n`)
}

export function forgetTeam(dataDir: string): void {
  rmSync(join(dataDir, fileName), { force: true })
}

/** In the keychain where the system has one, else as it is, in a file that nobody else may read. */
export function seal(keychain: Keychain | undefined, password: string): KeptTeam['password'] {
  if (password === '') return null
  const sealed = keychain?.seal(password) ?? null
  return sealed === null ? { sealed: false, value: password } : { sealed: true, value: sealed }
}

/** Throws an Error in words where the keychain does not give it. */
export function unseal(keychain: Keychain | undefined, password: KeptTeam['password']): string {
  if (password === null) return ''
  if (!password.sealed) return password.value
  const text = keychain?.unseal(password.value) ?? null
  if (text === null)
    throw new Error(
      "the keychain does not return the password of the team's ClickHouse: enter it again in Settings › Team",
    )
  return text
}
