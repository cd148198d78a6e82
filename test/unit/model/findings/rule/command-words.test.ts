import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { wordsOfScript } from '../../../../../src/model/findings/rule/command-words.ts'

/** What Codex 0.171.0 proposed to remember of each line, asked through its app-server; null where it saw no plain command. */
const asked = JSON.parse(
  readFileSync(new URL('../../../../fixtures/rules/argv.json', import.meta.url), 'utf8'),
) as readonly { readonly line: string; readonly argv: readonly string[] | null }[]

/** Of a list of commands Codex names one part, a rule for which does not let the others through; and a line may go on behind a backslash. */
const ofThese = ['npm test | tail -5', 'npm test && echo ok', 'cd sub && npm test', 'npm test || true']
const refusedHere = new Set([...ofThese, 'npm test\nnpm run build', 'npm test -- \\\n --x'])

it.each(asked)('takes $line as Codex does', ({ line, argv }) => {
  const words = wordsOfScript(line)
  expect('argv' in words ? words.argv : null).toEqual(refusedHere.has(line) ? null : argv)
})

it.each([
  ['npm test | tail -5', /a pipe/],
  ['npm test > out.txt', /a redirect/],
  ["cat <<'E'\nhi\nE", /a heredoc/],
  ['FOO=1 npm test', /a variable of the environment/],
  ['npm test && echo ok', /joins several commands/],
  ['npm test\nrm -rf x', /joins several commands/],
  ['npm test &', /in the background/],
  ['echo "$(id)"', /puts something in its place/],
  ['cat my\\ file', /a backslash/],
  ["echo 'a", /does not end/],
  ['  ', /is empty/],
])('says why %j is no plain command', (line, why) => {
  expect(wordsOfScript(line)).toEqual({ refused: expect.stringMatching(why) as string })
})
