import type { Command } from './command.ts'
import { completionCommand } from './options/completion.ts'
import { configureCommand, doctorCommand } from './options/configure.ts'
import { budgetCommand, costsCommand, limitsCommand, statuslineCommand } from './options/costs.ts'
import { explainCommand } from './options/explain.ts'
import { exportCommand, importCommand } from './options/exchange.ts'
import { historyCommand } from './options/history.ts'
import { mcpCommand } from './options/mcp.ts'
import { projectCommand } from './options/project.ts'
import { resumeCommand } from './options/resume.ts'
import { serveCommand } from './options/serve.ts'
import { sessionsCommand } from './options/sessions.ts'
import { showCommand, watchCommand } from './options/show.ts'

/** Every command there is, in the order of the help. */
export const commands = {
  serve: serveCommand,
  sessions: sessionsCommand,
  show: showCommand,
  explain: explainCommand,
  watch: watchCommand,
  costs: costsCommand,
  limits: limitsCommand,
  budget: budgetCommand,
  statusline: statuslineCommand,
  resume: resumeCommand,
  export: exportCommand,
  import: importCommand,
  history: historyCommand,
  configure: configureCommand,
  doctor: doctorCommand,
  mcp: mcpCommand,
  project: projectCommand,
  completion: completionCommand,
} as const satisfies Readonly<Record<string, Command>>

/** Each with its name, as help, completion and the manual page list them. */
export const everyCommand: readonly (readonly [string, Command])[] = Object.entries(commands)

export type CommandName = keyof typeof commands
export type Given<N extends CommandName> = ReturnType<(typeof commands)[N]['read']>

export function isCommandName(name: string | undefined): name is CommandName {
  return name !== undefined && Object.hasOwn(commands, name)
}
