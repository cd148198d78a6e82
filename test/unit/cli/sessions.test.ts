import { expect, it } from 'vitest'
import { noneLines } from '../../../src/cli/sessions.ts'

const nowMs = new Date(2026, 10, 30, 12).getTime()
const all = { fromMs: null, folder: null, helpers: true, limit: 20, words: '' }

it('says what was looked for where there is no such session, and what was left out', () => {
  expect(noneLines(all, nowMs, 0)).toEqual([['There is no session yet.']])
  expect(noneLines({ ...all, helpers: false }, nowMs, 0)).toEqual([
    ['There is no session yet.'],
    ['Sub-agents and other helpers are left out: --helpers includes them.'],
  ])
  const fromMs = new Date(2026, 10, 30, 9, 5).getTime()
  expect(noneLines({ ...all, fromMs, folder: '/home/ada/shop', words: 'flaky test' }, nowMs, 0)).toEqual([
    ['There is no session about “flaky test” of the project at /home/ada/shop active since 09:05.'],
  ])
})
