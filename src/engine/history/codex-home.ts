import { isAbsolute, join, normalize, resolve } from 'node:path'
import type { HistoryScanParams, HistorySettings } from '../../contract/history.ts'
import { ProcedureError } from '../../contract/result.ts'
import { homeFolder } from '../home-folder.ts'

/** `$CODEX_HOME`, else `~/.codex`, as Codex itself looks for it. */
export function codexHome(environment: NodeJS.ProcessEnv = process.env): string {
  const named = environment.CODEX_HOME
  return named === undefined || named === '' ? join(homeFolder(), '.codex') : resolve(named)
}

/** Where session files are looked for. */
export interface Sought {
  readonly homes: readonly string[]
  /** Whether archived ones that were not read before are read as well. */
  readonly archived: boolean
}

/** In the homes of the settings, or in those that were asked for instead. */
export function soughtBy({ ownHome, homes, archived }: HistorySettings, asked: HistoryScanParams = {}): Sought {
  if (asked.homes !== undefined) return { homes: [...new Set(asked.homes.map(homeNamed))], archived: true }
  const own = asked.codexHome === undefined ? codexHome() : homeNamed(asked.codexHome)
  return { homes: [...new Set([...(ownHome ? [own] : []), ...homes])], archived }
}

/** A home as a person writes it: `~` is theirs. What is no whole path means another folder for each program that reads it. */
export function homeNamed(words: string): string {
  const path = words.trim().replace(/^~(?=$|[\\/])/, () => homeFolder())
  if (!isAbsolute(path))
    throw new ProcedureError('bad_request', `a Codex home is a whole path, as /home/you/.codex, not “${words}”`)
  const home = normalize(path)
  return home.length > 1 ? home.replace(/[\\/]$/, '') : home
}
