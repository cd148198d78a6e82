import { homedir } from 'node:os'
import { join, resolve } from 'node:path'

/** `$CODEX_HOME`, else `~/.codex`, as Codex itself looks for it. */
export function codexHome(environment: NodeJS.ProcessEnv = process.env): string {
  const named = environment.CODEX_HOME
  return named === undefined || named === '' ? join(homedir(), '.codex') : resolve(named)
}
