import { readFileSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { alertKeeper, listAlerts, readRules, type AlertKeeper } from '../../../src/engine/alerts/keeper.ts'
import { openForWriting } from '../../../src/engine/store/database.ts'
import type { Watched } from '../../../src/model/alerts/rule.ts'
import { temporaryFolder } from '../../unit/engine/store/temporary.ts'
import { withCaptures, type StoredCaptures } from '../engine/stored-captures.ts'

interface Watch extends StoredCaptures {
  readonly keeper: AlertKeeper
  /** The moment of the latest record. */
  readonly endMs: number
  readonly watch: (watched: Watched, id?: string) => void
  readonly words: (nowMs: number) => string[]
}

function watching(captures: readonly string[], run: (watch: Watch) => void): Promise<void> {
  return withCaptures(captures, (store) => {
    const keeper = alertKeeper(store.db)
    const endMs = store.db.prepare<[], number>('SELECT max(last_ns) / 1000000 FROM session').pluck().get() ?? 0
    run({
      ...store,
      keeper,
      endMs,
      watch: (watched, id = 'rule') => {
        keeper.save({ id, enabled: true, watched })
      },
      words: (nowMs) => keeper.look(nowMs).map(({ words }) => words),
    })
  })
}

const minuteMs = 60_000

test('a budget that is passed is told of once, and again when another one is set', () =>
  watching(['16_tui'], ({ endMs, watch, words, db }) => {
    watch({ kind: 'budget', measure: 'tokens', per: 'day', limit: 50_000 })
    expect(words(endMs)).toEqual(['54.5k tokens today, over the budget of 50.0k tokens'])
    expect(words(endMs)).toEqual([])
    expect(words(endMs + minuteMs)).toEqual([])
    watch({ kind: 'budget', measure: 'tokens', per: 'day', limit: 60_000 })
    expect(words(endMs)).toEqual([])
    watch({ kind: 'budget', measure: 'tokens', per: 'day', limit: 54_000 })
    expect(words(endMs)).toHaveLength(1)
    expect(listAlerts(db, 10).alerts).toHaveLength(2)
  }))

test('a budget is over for as long as its day lasts, and the next day is another one', () =>
  watching(['16_tui'], ({ endMs, watch, words, db }) => {
    const endedMs = () => listAlerts(db, 1).alerts[0]?.endedMs
    watch({ kind: 'budget', measure: 'usd', per: 'day', limit: 0.001 })
    expect(words(endMs)).toHaveLength(1)
    expect(endedMs()).toBeNull()
    db.prepare('UPDATE api_call SET cost_usd = cost_usd / 1e6').run()
    expect(words(endMs + 1000)).toEqual([])
    expect(endedMs()).toBe(endMs + 1000)
    db.prepare('UPDATE api_call SET cost_usd = cost_usd * 1e6').run()
    expect(words(endMs + 2000)).toEqual([])
    expect(endedMs()).toBeNull()
    const tomorrowMs = endMs + 25 * 60 * minuteMs
    expect(words(tomorrowMs)).toEqual([])
    expect(endedMs()).toBe(tomorrowMs)
  }))

test('a rate that falls and rises again is two breaches, each with its end', () =>
  watching(['16_tui'], ({ endMs, watch, words, db }) => {
    watch({ kind: 'burn-rate', measure: 'tokens', limit: 1000, overMinutes: 5 })
    expect(words(endMs)).toHaveLength(1)
    expect(words(endMs + 1000)).toEqual([])
    expect(words(endMs + 30 * minuteMs)).toEqual([])
    expect(listAlerts(db, 10).alerts).toMatchObject([{ endedMs: endMs + 30 * minuteMs, cause: { panel: 'burn-rate' } }])
    expect(words(endMs)).toHaveLength(1)
    expect(listAlerts(db, 10)).toMatchObject({ unseen: 2, alerts: [{ endedMs: null }, {}] })
  }))

test('an approval that took long names its command', () =>
  watching(['16_tui'], ({ endMs, watch, keeper, user }) => {
    watch({ kind: 'approval-wait', minutes: 0.1 })
    const answered = keeper.look(endMs).filter(({ cause }) => cause.callId !== null)
    expect(answered).toMatchObject([
      {
        cause: { sessionId: user, callId: 'call_e1795167187168' },
        words: expect.stringMatching(/^exec_command waited/) as string,
      },
    ])
  }))

test('a session that works for long is told of once', () =>
  watching(['07_long_90s'], ({ endMs, watch, words, user, keeper, db }) => {
    watch({ kind: 'session-duration', minutes: 1 })
    expect(words(endMs)).toHaveLength(1)
    expect(words(endMs + minuteMs)).toEqual([])
    expect(listAlerts(db, 1).alerts[0]?.cause.sessionId).toBe(user)
    keeper.markSeen()
    expect(listAlerts(db, 1).unseen).toBe(0)
  }))

test('shares of failures are of the last hour, and wait for enough calls', () =>
  watching(['03b_errors_recovered', '24_rich_flags'], ({ endMs, watch, words, db }) => {
    watch({ kind: 'tool-success', underPercent: 100, leastCalls: 1000 }, 'few')
    watch({ kind: 'api-errors', overPercent: 1, leastCalls: 1000 }, 'few too')
    expect(words(endMs)).toEqual([])
    watch({ kind: 'tool-success', underPercent: 100, leastCalls: 1 }, 'tools')
    watch({ kind: 'api-errors', overPercent: 1, leastCalls: 1 }, 'api')
    expect(words(endMs).map((text) => text.replace(/^\d+ of \d+/, 'n of m').replace(/\d+ %/, 'p %'))).toEqual([
      'n of m model calls failed in the last hour: p %, limit 1 %',
      'n of m tool calls failed in the last hour: p % succeeded, limit 100 %',
    ])
    expect(words(endMs + 120 * minuteMs)).toEqual([])
    expect(listAlerts(db, 10).alerts.every(({ endedMs }) => endedMs === endMs + 120 * minuteMs)).toBe(true)
  }))

test('a rule that is switched off or removed tells nothing', () =>
  watching(['16_tui'], ({ endMs, keeper, words, watch, db }) => {
    watch({ kind: 'session-duration', minutes: 0.01 })
    keeper.save({ id: 'rule', enabled: false, watched: { kind: 'session-duration', minutes: 0.01 } })
    expect(words(endMs)).toEqual([])
    expect(readRules(db)).toMatchObject([{ id: 'rule', enabled: false }])
    keeper.remove('rule')
    expect(readRules(db)).toEqual([])
    expect(words(endMs)).toEqual([])
  }))

test('a digest tells once in a week what the week before was', () =>
  watching(['16_tui'], ({ endMs, watch, words, db }) => {
    watch({ kind: 'digest' })
    // Of the week of the session itself nothing is told while it lasts.
    expect(words(endMs)).toEqual([])
    const nextWeek = endMs + 7 * 24 * 60 * minuteMs
    const [told = ''] = words(nextWeek)
    expect(told).toMatch(/^Last week: \d+ sessions?, .+ of work, \$\d+\.\d\d$/)
    expect(words(nextWeek + minuteMs)).toEqual([])
    expect(listAlerts(db, 1).alerts[0]).toMatchObject({ cause: { panel: 'cost-total' } })
    // Nothing happened in the week after it.
    expect(words(nextWeek + 7 * 24 * 60 * minuteMs)).toEqual([])
  }))

test('what a rule does besides is kept with it, and changing it begins nothing anew', () =>
  watching(['16_tui'], ({ endMs, keeper, words, db }) => {
    const rule = {
      id: 'r',
      enabled: true,
      watched: { kind: 'budget', measure: 'tokens', per: 'day', limit: 1 },
    } as const
    keeper.save(rule)
    expect(words(endMs)).toHaveLength(1)
    const action = { kind: 'post', url: 'https://example.com/hook' } as const
    keeper.save({ ...rule, action })
    expect(readRules(db)).toEqual([{ ...rule, action }])
    expect(JSON.stringify(db.prepare('SELECT * FROM alert_rule').all())).not.toContain('hook')
    expect(words(endMs)).toEqual([])
    keeper.save(rule)
    expect(readRules(db)).toEqual([rule])
  }))

test('what a rule does that an older version kept in the database leaves it, its free pages and its log', () => {
  const dataDir = temporaryFolder()
  const holding = (): string[] =>
    readdirSync(dataDir).filter((name) => readFileSync(join(dataDir, name)).includes('sesame-open'))
  const db = openForWriting(dataDir)
  const action = { kind: 'post', url: 'https://example.com/sesame-open' } as const
  const watched = { kind: 'budget', measure: 'tokens', per: 'day', limit: 1 } as const
  const insert = db.prepare('INSERT INTO alert_rule (id, enabled, watched, revision, action) VALUES (?, 1, ?, 7, ?)')
  for (let i = 1; i < 50; i++) {
    insert.run(`r${String(i)}`, JSON.stringify(watched), JSON.stringify(action))
    if (i > 1) db.prepare('DELETE FROM alert_rule WHERE id = ?').run(`r${String(i)}`)
  }
  expect(holding()).not.toEqual([])
  alertKeeper(db)
  expect(holding()).toEqual(['alert-actions.json'])
  expect(readRules(db)).toEqual([{ id: 'r1', enabled: true, watched, action }])
  expect(db.prepare('SELECT revision FROM alert_rule').pluck().all()).toEqual([7])
  db.close()
  expect(holding()).toEqual(['alert-actions.json'])
  if (process.platform !== 'win32') expect(statSync(join(dataDir, 'alert-actions.json')).mode & 0o777).toBe(0o600)
})
