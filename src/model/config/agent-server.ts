import type { TomlChange } from './changes.ts'
import { isTable, sameToml, valueAt, type TomlTable, type TomlValue } from './toml-value.ts'

/** How a program is started: its name or path, and what it is given. */
export interface StartedBy {
  readonly command: string
  readonly args: readonly string[]
}

const path = ['mcp_servers', 'colophon']

/** Codex starts Colophon's server and lets it be asked. What else stands in that table stays. */
export function agentServerChanges({ command, args }: StartedBy): readonly TomlChange[] {
  return [
    { path: [...path, 'command'], value: command },
    { path: [...path, 'args'], value: [...args] },
  ]
}

/** Whether a configuration already says so, and in the way in which it would be started now. */
export function namesAgentServer(values: TomlTable, started: StartedBy): boolean {
  return agentServerChanges(started).every((change) => {
    const there = valueAt(values, change.path)
    return there !== undefined && change.value !== undefined && sameToml(there, change.value)
  })
}

/** Why what was added would still not be used; null where nothing speaks against it. */
export function agentServerObstacle(values: TomlTable): string | null {
  const there: TomlValue | undefined = valueAt(values, path)
  if (!isTable(there)) return null
  if (there.get('enabled') === false)
    return 'mcp_servers.colophon.enabled is false: Codex does not start it until that goes'
  if (there.has('url')) return 'mcp_servers.colophon has a url as well, and Codex takes one of url and command'
  return null
}

/** The command that tells Claude Code of the same server, for a POSIX shell. */
export function claudeCommand({ command, args }: StartedBy): string {
  return ['claude mcp add colophon --', ...[command, ...args].map(quoted)].join(' ')
}

function quoted(word: string): string {
  return /^[\w./:=@%+-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`
}
