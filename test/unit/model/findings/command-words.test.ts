import { expect, test } from 'vitest'
import { commandWords, programWords } from '../../../../src/model/findings/command-words.ts'

test.each([
  ['npm test', ['npm', 'test']],
  ['git commit -m "x y"', ['git', 'commit', '-m', 'x y']],
  ["'/path with spaces/run'  --fast", ['/path with spaces/run', '--fast']],
  ['a"b"c', ['abc']],
  ['CI=1 npm test', null],
  ['npm test | tail', null],
  ['npm test && rm x', null],
  ['npm test > log', null],
  ['echo "$HOME"', null],
  ['echo $(id)', null],
  ['ls *.ts', null],
  ['cat <<EOF\nx\nEOF', null],
  ['echo "open', null],
  ['a command that was cut o…', null],
  ['', null],
])('%j is the words %j', (command, words) => {
  expect(commandWords(command)).toEqual(words)
})

test.each([
  ['npm test -- a', 'npm test'],
  ['pnpm -r build', 'pnpm -r build'],
  ['npm run build', 'npm run build'],
  ['git -C ../a commit -m x', 'git'],
  ['docker compose up -d', 'docker compose up'],
  ['touch /tmp/x', 'touch /tmp/x'],
  ['ls -la src', 'ls'],
  ['cat a.txt', 'cat a.txt'],
  ['sudo make install', 'sudo make'],
])('the program of %j is %j', (command, program) => {
  expect(programWords(commandWords(command) ?? []).join(' ')).toBe(program)
})
