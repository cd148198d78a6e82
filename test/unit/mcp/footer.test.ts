import { expect, test } from 'vitest'
import type { FooterFigures } from '../../../src/engine/reading/footer-figures.ts'
import { footerItems } from '../../../src/mcp/footer/footer-tree.ts'
import { createFooter } from '../../../src/mcp/footer/footer.ts'
import { threadOf } from '../../../src/mcp/footer/snapshot.ts'

const figures: FooterFigures = {
  costUsd: 1.416,
  dayUsd: 3,
  dayBudgetUsd: 10,
  waitShare: 0.234,
  cachedShare: 0.62,
  finding: 'You approved `npm test` 3 times: 4 m 10 s of waiting',
}
const thread = { id: 'thread-1', contextPercent: 41.4, hasUsed: true }

/** A footer over a store that is looked at when `look` runs, and counts how often. */
function footerOver(found: () => FooterFigures | null) {
  const looks: (() => void)[] = []
  const seen = { version: 1, asked: 0 }
  const reader = {
    version: () => seen.version,
    figures: () => {
      seen.asked++
      return found()
    },
  }
  const footer = createFooter(
    () => reader,
    (work) => looks.push(work),
  )
  return {
    seen,
    read: (nowMs: number) => {
      const tree = footer.read(thread, nowMs)
      const asked = seen.asked
      looks.splice(0).forEach((look) => {
        look()
      })
      return { text: (tree?.children ?? []).map(({ children: [text] }) => text).join(' | '), asked }
    },
  }
}

test('a read never waits for the store: it tells what the one before has found', () => {
  const { read, seen } = footerOver(() => figures)
  expect(read(0)).toEqual({ text: 'context 41 %', asked: 0 })
  expect(read(1000).text).toBe(
    '$1.42 | today $3.00 of $10.00 | waiting for you 23 % | cached 62 % | context 41 % | You approved `npm test` 3 times: 4 m 10 s of waiting',
  )
  read(2000)
  expect(seen.asked).toBe(1)
  seen.version = 2
  read(3000)
  expect(seen.asked).toBe(2)
})

test('a session of which nothing arrives is told of once it is overdue, and no longer when it comes', () => {
  let found: FooterFigures | null = null
  const { read, seen } = footerOver(() => found)
  expect(read(0).text).toBe('context 41 %')
  expect(read(14_000).text).toBe('context 41 %')
  expect(read(16_000).text).toBe('Colophon hears nothing of this session | context 41 %')
  found = figures
  seen.version = 2
  read(17_000)
  expect(read(18_000).text).toContain('$1.42 |')
})

test('what is not known has no place, a budget that is passed is red, and nothing acts on the terminal', () => {
  const none = { costUsd: null, dayUsd: null, dayBudgetUsd: null, waitShare: null, cachedShare: null, finding: null }
  expect(footerItems(none, null)).toEqual([])
  expect(footerItems({ ...none, dayUsd: 12, dayBudgetUsd: 10 }, null)).toEqual([
    { text: 'today $12.00 of $10.00', color: 'red' },
  ])
  expect(footerItems({ ...none, dayUsd: 0.1 + 0.2, dayBudgetUsd: 0.3 }, null)).toMatchObject([
    { color: 'status-limit' },
  ])
  const [item] = footerItems({ ...none, finding: '\u001b]0;owned\u0007 sk-proj-Zz19aa82bb73cc64dd55ee46' }, null)
  expect(item?.text).toBe('\\u001b]0;owned\\u0007 [secret]')
})

test('the snapshot of any version is read as far as it is known, and nothing is drawn without a thread', () => {
  const key = 'com.openai/codex-statusline-state'
  const read = { id: 't', contextPercent: 12.5, hasUsed: true }
  const usage = { context: { used_percentage: 12.5 }, total: { total_input_tokens: 10 }, new: 1 }
  expect(threadOf({ [key]: { account: {}, thread: { id: 't', usage, more: [] } } })).toEqual(read)
  expect(threadOf({ [key]: { thread: { id: 't' } } })).toEqual({ id: 't', contextPercent: null, hasUsed: false })
  for (const meta of [undefined, {}, { [key]: null }, { [key]: { thread: { id: 7 } } }])
    expect(threadOf(meta)).toBe(null)
})
