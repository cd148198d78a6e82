import { expect, test } from 'vitest'
import { commandName } from '../../../../src/model/findings/command-name.ts'

test.each([
  ['npm test', 'npm test'],
  ['npm run build -- --watch', 'npm run build'],
  ['pnpm -r build', 'pnpm -r build'],
  ['git status --short', 'git status'],
  ['/usr/bin/git diff HEAD', 'git diff'],
  ['python3 manage.py migrate', 'python3 manage.py'],
  ['echo hello', 'echo'],
  ['touch /tmp/a', 'touch'],
  ['rg -n "a b" src', 'rg'],
  ['cargo', 'cargo'],
  ['cd app && npm test', 'cd … (script)'],
  ['npm test | tail -5', 'npm … (script)'],
  ['FOO=1 npm test', 'script'],
  ['', 'script'],
])('%s is called %s', (line, name) => {
  expect(commandName(line)).toBe(name)
})

test('a name is never long, and a long line is read in a moment', () => {
  expect(commandName(`node ${'a'.repeat(200_000)}`).length).toBeLessThanOrEqual(60)
  expect(commandName('a;'.repeat(100_000))).toBe('a … (script)')
})
