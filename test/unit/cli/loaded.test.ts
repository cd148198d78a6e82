import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { nodeCommand } from '../../node-command.ts'

const source = (file: string): string => new URL(`../../../src/cli/${file}`, import.meta.url).href

/** Says who asks for it. */
const telling = `import { registerHooks } from 'node:module'
registerHooks({ resolve(name, context, next) {
  if (name === 'zod') console.log(context.parentURL)
  return next(name, context)
} })
for (const file of ${JSON.stringify(['run.ts', 'statusline.ts'].map(source))}) await import(file)
console.log('loaded')`

test('the command line and the line of a status bar load no schema, which takes longer than all that they do', () => {
  const { stdout, stderr } = spawnSync(...nodeCommand('--input-type=module', '-e', telling), { encoding: 'utf8' })
  expect(stdout, stderr).toBe('loaded\n')
})
