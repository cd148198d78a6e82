import { expect, test } from 'vitest'
import type { Approval } from '../../../../src/model/findings/context.ts'
import { findingsOf } from '../../../../src/model/findings/index.ts'
import { decision, session, tool } from '../ledger/facts.ts'
import { contextOf } from './context.ts'

/** Each command waited a second for the user and ran for half a one. */
function approved(
  commands: readonly string[],
  before: readonly Approval[] = [],
  last = 'approved',
): ReturnType<typeof findingsOf> {
  const facts = session({
    tools: commands.map((summary, i) => tool(`c${i}`, i * 2000, i * 2000 + 1500, { summary })),
    decisions: commands.map((_, i) => ({
      ...decision(`c${i}`, i * 2000 + 1000, 'User'),
      decision: i === commands.length - 1 ? last : 'approved',
    })),
  })
  const history = { firstItems: new Map(), runs: new Map(), approvals: before }
  return findingsOf(contextOf(facts, { history })).filter(({ kind }) => kind === 'approval-friction')
}

test('a command that was approved three times: its waits, its rows, and the words that a rule would begin with', () => {
  const [found, ...others] = approved(['npm test', 'npm test -- a', 'npm test -- b'])
  expect(others).toEqual([])
  expect(found).toMatchObject({
    id: 'approval-friction:npm test',
    title: 'You approved `npm test` 3 times: 3.0 s of waiting',
    lostMs: 3000,
    confidence: 'exact',
    times: 3,
    rowIds: ['c:s:c0', 'c:s:c1', 'c:s:c2'],
    fix: { type: 'rule', prefix: ['npm', 'test'], commands: ['npm test', 'npm test -- a', 'npm test -- b'] },
  })
})

test('what was approved before the session counts, and its time does not', () => {
  expect(approved(['git commit -m "a b"'])).toEqual([])
  const before = ['git commit -m c', 'git commit --amend'].map((command) => ({ command, denied: false }))
  const [found] = approved(['git commit -m "a b"'], before)
  expect(found).toMatchObject({
    times: 1,
    lostMs: 1000,
    title: 'You approved `git commit` once, and twice before: 1.0 s of waiting',
  })
  expect(found?.fix).toMatchObject({ prefix: ['git', 'commit'] })
})

test('a command that was denied once, now or ever, is asked about for a reason', () => {
  const thrice = ['npm test', 'npm test', 'npm test']
  expect(approved(thrice)).toHaveLength(1)
  expect(approved([...thrice, 'npm test'], [], 'denied')).toEqual([])
  expect(approved(thrice, [{ command: 'npm test', denied: true }])).toEqual([])
  expect(approved(thrice, [{ command: 'npm publish', denied: true }])).toHaveLength(1)
})

test('what a shell makes more of than words gets no rule', () => {
  const [found] = approved(['make | tee log', 'make | tee log', 'make | tee log'])
  expect(found).toMatchObject({ subject: 'make | tee log', fix: { type: 'hint' } })
})

test('different programs are different subjects', () => {
  expect(approved(['npm test', 'git status', 'ls'])).toEqual([])
})
