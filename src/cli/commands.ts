import type { Command } from './command.ts'
import { configureCommand, doctorCommand } from './options/configure.ts'
import { explainCommand } from './options/explain.ts'
import { exportCommand, importCommand } from './options/exchange.ts'
import { historyCommand } from './options/history.ts'
import { mcpCommand } from './options/mcp.ts'
import { projectCommand } from './options/project.ts'
import { serveCommand } from './options/serve.ts'

/** Every command there is, in the order of the help. */
export const commands = {
  serve: serveCommand,
  export: exportCommand,
  import: importCommand,
  explain: explainCommand,
  history: historyCommand,
  configure: configureCommand,
  doctor: doctorCommand,
  mcp: mcpCommand,
  project: projectCommand,
} as const satisfies Readonly<Record<string, Command>>

export type CommandName = keyof typeof commands
export type Given<N extends CommandName> = ReturnType<(typeof commands)[N]['read']>

export function isCommandName(name: string | undefined): name is CommandName {
  return name !== undefined && Object.hasOwn(commands, name)
}
