import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { toldOf } from '../engine/saying-why.ts'
import { outliveReaders } from './broken-pipe.ts'
import type { CommandName, Given } from './commands.ts'
import type { CommandHost } from './command-host.ts'
import { help, helpOn } from './help.ts'
import { NotKnown } from './not-known.ts'
import { readCommand } from './read-command.ts'
import { guardTerminal, ownScreen } from './terminal.ts'
import { UsageError } from './usage-error.ts'

/** Each is loaded when it is run: a status bar asks for its line every few seconds, and needs a hundredth of what `serve` does. */
const runs: { readonly [N in CommandName]: (given: Given<N>, host: CommandHost) => Promise<void> | void } = {
  serve: async (given, host) => (await import('./serve.ts')).serve(given, { ...host, version: versionOf(host) }),
  sessions: async (given) => (await import('./sessions.ts')).sessions(given),
  show: async (given) => (await import('./show.ts')).show(given),
  explain: async (given) => (await import('./explain.ts')).explain(given),
  watch: async (given, host) => (await import('./watch.ts')).watch(given, host),
  costs: async (given) => (await import('./costs.ts')).costs(given),
  limits: async (given) => (await import('./limits.ts')).limits(given),
  budget: async (given) => (await import('./budget.ts')).budget(given),
  statusline: async (given) => (await import('./statusline.ts')).statusline(given),
  resume: async (given) => (await import('./resume.ts')).resume(given),
  export: async (given, host) => (await import('./export.ts')).exportSession(given, versionOf(host)),
  import: async (given) => (await import('./import.ts')).importFiles(given),
  history: async (given) => (await import('./history.ts')).history(given),
  configure: async (given) => (await import('./configure.ts')).configure(given),
  doctor: async (given) => (await import('./doctor.ts')).doctor(given),
  completion: async (given) => (await import('./completion/index.ts')).completion(given),
  project: async (given, host) => (await import('./project.ts')).project(given, host),
  mcp: async (given, host) => (await import('./mcp.ts')).mcp(given, { ...host, version: versionOf(host) }),
}

/**
 * Runs one command to its end and leaves its exit code in `process.exitCode`: 0, 1 where it failed, 2 where it was called wrongly, and
 * what else its help says.
 */
export async function runCommandLine(args: readonly string[], host: CommandHost): Promise<void> {
  try {
    const command = readCommand(args)
    if (command.name !== 'statusline') prepare()
    if (command.name === 'help') tellHelp(help(command.of))
    else if (command.name === 'version') process.stdout.write(`${versionOf(host)}\n`)
    else await runs[command.name](command.given as never, host)
  } catch (error) {
    prepare()
    const isUsage = error instanceof UsageError
    process.stderr.write(`colophon: ${toldOf(error)}${isUsage ? ' (see colophon --help)' : ''}\n`)
    process.exitCode = isUsage ? 2 : error instanceof NotKnown ? error.exitCode : 1
  }
}

/** Whole lines into a file or another program, which may look for words in them. */
function tellHelp(text: string): void {
  const screen = ownScreen()
  process.stdout.write(helpOn(text, process.stdout.isTTY ? screen : { ...screen, width: Infinity }))
}

let isPrepared = false

/**
 * For whatever writes to Node's own streams: from here on that is text, and may be read by nobody. The line of a status bar goes around
 * them, and would take twice as long.
 */
function prepare(): void {
  if (isPrepared) return
  isPrepared = true
  outliveReaders()
  guardTerminal()
}

function versionOf({ packageDir }: CommandHost): string {
  return (JSON.parse(readFileSync(join(packageDir, 'package.json'), 'utf8')) as { version: string }).version
}
