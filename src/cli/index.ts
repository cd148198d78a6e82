#!/usr/bin/env node
import { resolve } from 'node:path'

/** SQLite's binding needs it: on an older Node it would end the process without a word. */
const oldestNode = 22

if (Number.parseInt(process.versions.node, 10) < oldestNode) {
  process.stderr.write(`colophon: Node.js ${String(oldestNode)} or newer is needed, this is ${process.versions.node}\n`)
  process.exitCode = 1
} else {
  // Before anything that may be freed is loaded. The line of a status bar starts no thread, and would take half as long again.
  if (process.argv[2] !== 'statusline') (await import('../engine/v8-fault.ts')).avoidV8Fault()
  const { runCommandLine } = await import('./run.ts')
  // The package's folder: `src/cli` and `out/main` lie equally deep in it.
  await runCommandLine(process.argv.slice(2), { packageDir: resolve(import.meta.dirname, '../..') })
}
