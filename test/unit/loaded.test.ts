import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { nodeCommand } from '../node-command.ts'

const source = (file: string): string => new URL(`../../src/${file}`, import.meta.url).href

/** Says who asks for what is not to be loaded. */
const telling = (files: readonly string[], unwanted: readonly string[]) => `import { registerHooks } from 'node:module'
registerHooks({ resolve(name, context, next) {
  if (${JSON.stringify(unwanted)}.some((end) => name.endsWith(end))) console.log(name, context.parentURL)
  return next(name, context)
} })
// A thread's code refuses to be anything else once all that it needs is there.
for (const file of ${JSON.stringify(files.map(source))}) await import(file).catch(({ message }) => console.log(message))
console.log('loaded')`

const asWorker = (name: string): string => `the ${name} runs as a worker\n`

/** A start waits for its code, and what few ever ask for has no part in it. */
test.each([
  ['the command line and the line of a status bar', ['cli/run.ts', 'cli/statusline.ts'], ['zod'], ''],
  [
    "a host's first thread",
    ['engine/assemble.ts'],
    ['better-sqlite3', 'smol-toml', 'toml-patch', '/export-session.ts'],
    '',
  ],
  ['the writer', ['engine/store/writer-worker.ts'], ['/contract/index.ts', '/run-import.ts'], asWorker('writer')],
  ['a reader', ['engine/store/reader-worker.ts'], ['/session-transcript.ts'], asWorker('reader')],
])('%s loads nothing of what it can do without at first', (_, files, unwanted, said) => {
  const { stdout, stderr } = spawnSync(...nodeCommand('--input-type=module', '-e', telling(files, unwanted)), {
    encoding: 'utf8',
  })
  expect(stdout, stderr).toBe(`${said}loaded\n`)
})
