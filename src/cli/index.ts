#!/usr/bin/env node
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { configure } from './configure.ts'
import { doctor } from './doctor.ts'
import { exportSession } from './export.ts'
import { importFiles } from './import.ts'
import { serve } from './serve.ts'
import { UsageError, help, readCommand } from './usage.ts'
import type { Command } from './usage.ts'

/** The package's folder: `src/cli` and `out/main` lie equally deep in it. */
const packageDir = resolve(import.meta.dirname, '../..')
const { version } = JSON.parse(readFileSync(join(packageDir, 'package.json'), 'utf8')) as { version: string }

async function run(command: Command): Promise<void> {
  switch (command.name) {
    case 'help':
      process.stdout.write(help)
      return
    case 'version':
      process.stdout.write(`${version}\n`)
      return
    case 'serve':
      return serve(command.options, { packageDir, version })
    case 'export':
      return exportSession(command.options, version)
    case 'import':
      return importFiles(command.options)
    case 'configure':
      return configure(command.options)
    case 'doctor':
      return doctor(command.options)
  }
}

try {
  await run(readCommand(process.argv.slice(2)))
} catch (error) {
  const message = error instanceof Error ? error.message : String(error)
  const isUsage = error instanceof UsageError
  process.stderr.write(`colophon: ${message}${isUsage ? ' (colophon --help tells more)' : ''}\n`)
  process.exitCode = isUsage ? 2 : 1
}
