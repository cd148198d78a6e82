import { isOwnHost } from '../own-host.ts'

/** What may name a command that is run as the user. */
const mayName: ReadonlySet<string> = new Set(['alert.saveRule', 'alert.test'])

/**
 * Why a request is refused that names a command to be run; null: it is not. The token that opens a page to other machines reads
 * sessions: it shall not be a shell there.
 */
export function refusedCommand(host: string, name: string, params: unknown): string | null {
  if (!mayName.has(name) || isOwnHost(host.includes(':') ? `[${host}]` : host, [])) return null
  const { action } = (params ?? {}) as { action?: { kind?: unknown } | null }
  return action?.kind === 'command'
    ? 'While the page is open to other machines, it may not set commands: make the rule in the app, or with a `serve` without --host.'
    : null
}
