import { expect, it } from 'vitest'
import type { FindingsResult, Insight, SessionFinding } from '../../../../../src/contract/findings.ts'
import { fixedWords, weekWords } from '../../../../../src/renderer/views/insights/insight-words.ts'
import { findingMarks } from '../../../../../src/renderer/views/session/findings/finding-marks.ts'
import { findingSql } from '../../../../../src/renderer/views/session/findings/finding-sql.ts'

const found = (id: string, rowIds: string[], dismissed = false): SessionFinding => ({
  ...{ id, kind: 'rate-limit', subject: "it's", title: id, verdict: '', lostMs: 1, lostUsd: null, confidence: 'exact' },
  ...{ times: 1, atMs: 0, rowIds, fix: null, definition: '', needs: '', dismissed },
})
const result: FindingsResult = {
  ...{ verdict: null, busyMs: 1, tokens: [], tokensDiffer: null, context: null },
  findings: [found('a', ['1', '2']), found('b', ['2']), found('c', ['3'], true)],
}

it('marks each row with all that is found of it, but not with what is no problem', () => {
  const { titles, chosenRows } = findingMarks(result, 'c')
  expect([...titles]).toEqual([
    ['1', ['a']],
    ['2', ['a', 'b']],
  ])
  expect(chosenRows).toEqual(new Set(['3']))
  expect(findingMarks(result, 'gone').chosen).toBeNull()
})

it('writes SQL that a quote in a subject does not end', () => {
  expect(findingSql('s', found('a', []))).toContain("subject = 'it''s'")
})

const sum = { sessions: 1, times: 4, lostMs: 60_000, lostUsd: null }
const insight: Insight = {
  ...{
    kind: 'rate-limit',
    subject: '',
    name: 'x',
    definition: '',
    atMost: false,
    perDay: 1,
    fix: null,
    dismissed: false,
  },
  ...{ ...sum, weeks: [sum], latest: { sessionId: 's', atMs: 0, title: '' } },
  fixed: {
    atMs: 0,
    before: { ...sum, allSessions: 10 },
    after: { ...sum, lostMs: 0, allSessions: 5 },
    savedMs: 30_000,
    savedUsd: null,
  },
}

it('says what a fix saved only where sessions since can tell', () => {
  const { fixed } = insight
  if (fixed === null) throw new Error('It is fixed.')
  expect(fixedWords(insight).short).toBe('30.0 s saved')
  expect(fixedWords({ ...insight, fixed: { ...fixed, savedMs: -30_000 } }).short).toBe('30.0 s more')
  expect(fixedWords({ ...insight, fixed: { ...fixed, savedMs: null } }).short).toBe('too early to tell')
  const money = { ...sum, lostMs: 0, lostUsd: 2, allSessions: 10 }
  const ofMoney = { ...fixed, ...{ before: money, after: { ...money, lostUsd: 0.5 }, savedMs: 0, savedUsd: 1.5 } }
  expect(fixedWords({ ...insight, fixed: ofMoney })).toEqual({
    short: '$1.50 saved',
    whole: expect.stringMatching(/before: 4 times, \$2.00 in 10 sessions.\nSince: 4 times, \$0.50 in 10/) as string,
  })
  const since = { ...fixed.after, allSessions: 0 }
  expect(fixedWords({ ...insight, fixed: { ...fixed, after: since } }).short).toBe('too early to tell')
  expect(fixedWords({ ...insight, fixed: null })).toEqual({ short: '', whole: undefined })
  expect(weekWords(insight, [new Date(2026, 0, 5, 12).getTime(), 0])).toBe('from 5 Jan: 4 times, 1 m 00 s')
})
