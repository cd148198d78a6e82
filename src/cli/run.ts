import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { outliveReaders } from './broken-pipe.ts'
import type { CommandName, Given } from './commands.ts'
import type { CommandHost } from './command-host.ts'
import { configure } from './configure.ts'
import { doctor } from './doctor.ts'
import { explain } from './explain.ts'
import { exportSession } from './export.ts'
import { history } from './history.ts'
import { help } from './help.ts'
import { importFiles } from './import.ts'
import { mcp } from './mcp.ts'
import { readCommand } from './read-command.ts'
import { project } from './project.ts'
import { serve } from './serve.ts'
import { guardTerminal } from './terminal.ts'
import { UsageError } from './usage-error.ts'

const runs: { readonly [N in CommandName]: (given: Given<N>, host: CommandHost) => Promise<void> } = {
  serve: (given, host) => serve(given, { ...host, version: versionOf(host) }),
  export: (given, host) => exportSession(given, versionOf(host)),
  import: importFiles,
  explain,
  history,
  configure,
  doctor,
  project,
  mcp: (given, host) => mcp(given, { ...host, version: versionOf(host) }),
}

/** Runs one command to its end and leaves its exit code in `process.exitCode`: 0, 1 where it failed, 2 where it was called wrongly. */
export async function runCommandLine(args: readonly string[], host: CommandHost): Promise<void> {
  outliveReaders()
  guardTerminal()
  try {
    const command = readCommand(args)
    if (command.name === 'help') process.stdout.write(help())
    else if (command.name === 'version') process.stdout.write(`${versionOf(host)}\n`)
    else await runs[command.name](command.given as never, host)
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    const isUsage = error instanceof UsageError
    process.stderr.write(`colophon: ${message}${isUsage ? ' (colophon --help tells more)' : ''}\n`)
    process.exitCode = isUsage ? 2 : 1
  }
}

function versionOf({ packageDir }: CommandHost): string {
  return (JSON.parse(readFileSync(join(packageDir, 'package.json'), 'utf8')) as { version: string }).version
}
