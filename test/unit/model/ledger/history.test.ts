import { expect, test } from 'vitest'
import { historyName, runningMs } from '../../../../src/model/ledger/history.ts'

test.each([
  ['cargo test --all', 'exec_command cargo'],
  ['  git status', 'exec_command git'],
  ['/usr/bin/git status', 'exec_command git'],
  ['RUST_LOG=info cargo run', 'exec_command cargo'],
  ['cd /work && npm test', 'exec_command npm'],
  ['bash -lc "npm run build"', 'exec_command npm'],
  ['sudo env A=1 make', 'exec_command make'],
  ['ls;pwd', 'exec_command ls'],
  ['', 'exec_command'],
  ['$(which x)', 'exec_command'],
])('%j is compared with %s', (command, name) => {
  expect(historyName('exec_command', command)).toBe(name)
})

test('any other tool is compared with itself, whatever it was asked', () => {
  expect(historyName('apply_patch', 'a.ts +1 −1')).toBe('apply_patch')
  expect(historyName('mcp github · search', 'cargo')).toBe('mcp github · search')
})

test('the wait for a decision is not running time', () => {
  expect(runningMs(17_612, 17_571_000_000)).toBe(41)
  expect(runningMs(100, -5_000_000)).toBe(100)
  expect(runningMs(100, 200_000_000)).toBe(0)
})
