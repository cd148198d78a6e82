import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { CommandHost } from './command-host.ts'
import { configure } from './configure.ts'
import { doctor } from './doctor.ts'
import { exportSession } from './export.ts'
import { importFiles } from './import.ts'
import { serve } from './serve.ts'
import { UsageError, help, readCommand } from './usage.ts'
import type { Command } from './usage.ts'

/** Runs one command to its end and leaves its exit code in `process.exitCode`: 0, 1 where it failed, 2 where it was called wrongly. */
export async function runCommandLine(args: readonly string[], host: CommandHost): Promise<void> {
  try {
    await run(readCommand(args), host)
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    const isUsage = error instanceof UsageError
    process.stderr.write(`colophon: ${message}${isUsage ? ' (colophon --help tells more)' : ''}\n`)
    process.exitCode = isUsage ? 2 : 1
  }
}

async function run(command: Command, host: CommandHost): Promise<void> {
  switch (command.name) {
    case 'help':
      process.stdout.write(help)
      return
    case 'version':
      process.stdout.write(`${versionOf(host)}\n`)
      return
    case 'serve':
      return serve(command.options, { ...host, version: versionOf(host) })
    case 'export':
      return exportSession(command.options, versionOf(host))
    case 'import':
      return importFiles(command.options)
    case 'configure':
      return configure(command.options)
    case 'doctor':
      return doctor(command.options)
  }
}

function versionOf({ packageDir }: CommandHost): string {
  return (JSON.parse(readFileSync(join(packageDir, 'package.json'), 'utf8')) as { version: string }).version
}
