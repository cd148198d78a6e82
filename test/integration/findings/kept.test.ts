import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Value } from '../../../src/contract/index.ts'
import { findingHandlers } from '../../../src/engine/findings/procedures.ts'
import { historyStore } from '../../../src/engine/history/history-store.ts'
import { findingKind } from '../../../src/model/findings/finding.ts'
import { sessionRemover } from '../../../src/engine/store/remove-session.ts'
import { loadRolloutRun } from '../../rollouts.ts'
import { inTemporaryFolder } from '../engine/engine-under-test.ts'
import { openStore } from '../engine/store-under-test.ts'
import { withCaptures, type StoredCaptures } from '../engine/stored-captures.ts'
import { storeHome } from '../history/stored-home.ts'

const dayNs = 86_400_000_000_000n

function sumUp({ writer }: StoredCaptures): void {
  while (!writer.sumUp(1000, 1e6));
}

function insights({ reader }: StoredCaptures, filters = {}): Value<'insight.list'> {
  return reader['insight.list']({ fromMs: 0, toMs: 8e12, filters: { helpers: true, ...filters }, zone: 'UTC' })
}

/** The answers of a session once more, by another session a day before it. */
function answerBefore({ db, user }: StoredCaptures, times: number, decision = 'approved'): void {
  const columns = 'tool, namespace, duration_ms, success, exit_code, summary, history, run_ms'
  const shift = `at_ns - CAST(${dayNs} AS INTEGER)`
  for (let i = 0; i < times; i++) {
    db.exec(
      `INSERT INTO tool_call (session_id, call_id, at_ns, ${columns})
         SELECT 'old', call_id || ' ${decision} ${i}', ${shift}, ${columns} FROM tool_call
         WHERE session_id = '${user}' AND call_id IN (SELECT call_id FROM decision WHERE source = 'User');
       INSERT INTO decision (session_id, call_id, at_ns, decision, source, tool)
         SELECT 'old', call_id || ' ${decision} ${i}', ${shift}, '${decision}', source, tool FROM decision
         WHERE session_id = '${user}' AND source = 'User'`,
    )
  }
}

const friction = (list: Value<'insight.list'>): Value<'insight.list'>['insights'] =>
  list.insights.filter(({ kind }) => kind === 'approval-friction')

test('what arrives late of an earlier time changes the kept findings of what came after, and going takes that back', async () => {
  await withCaptures(['16_tui'], (store) => {
    sumUp(store)
    expect(friction(insights(store))).toEqual([])
    answerBefore(store, 2)
    sumUp(store)
    const found = friction(insights(store))
    expect(found.length).toBeGreaterThan(0)
    const fresh = store.reader['session.findings']({ id: store.user }).findings
    for (const { subject, times, lostMs, latest } of found) {
      const own = fresh.find((finding) => finding.kind === 'approval-friction' && finding.subject === subject)
      expect({ times, lostMs, sessionId: latest.sessionId }).toEqual({
        times: own?.times,
        lostMs: own?.lostMs,
        sessionId: store.user,
      })
    }
    answerBefore(store, 1, 'denied')
    sumUp(store)
    expect(friction(insights(store))).toEqual([])
    store.db.transaction(() => sessionRemover(store.db).remove('old'))()
    sumUp(store)
    expect(friction(insights(store))).toEqual([])
    expect(store.db.prepare('SELECT count(*) AS left FROM unfound').get()).toEqual({ left: 0 })
  })
})

test('a session that goes takes its findings with it, and a helper what it cost its parent', async () => {
  await withCaptures(['16_tui', '03_errors_retries'], (store) => {
    sumUp(store)
    const kinds = (): string[] => insights(store).insights.map(({ kind }) => kind)
    expect(kinds().sort()).toEqual(['api-unstable', 'helper-cost', 'rate-limit'])
    const remover = sessionRemover(store.db)
    store.db.transaction(() => {
      for (const { latest } of insights(store).insights.filter(({ kind }) => kind === 'rate-limit'))
        remover.remove(latest.sessionId)
      for (const id of store.helpers) remover.remove(id)
    })()
    sumUp(store)
    expect(kinds()).toEqual([])
  })
})

test('a rebuild leaves the kept findings as they were, and what the user said of them', async () => {
  await withCaptures(['03_errors_retries', '28_guardian', '16_tui'], (store) => {
    sumUp(store)
    const before = insights(store)
    findingHandlers(store.db)['finding.dismiss']({ kind: 'reviewer-wait', subject: '' })
    store.writer.rebuild()
    store.settle()
    sumUp(store)
    const after = insights(store)
    const told = ({ insights: list }: typeof before): unknown =>
      list.map(({ kind, lostMs }) => ({ kind, lostMs })).sort((a, b) => a.lostMs - b.lostMs)
    expect(told(after)).toEqual(told(before))
    expect(after.insights.find(({ kind }) => kind === 'reviewer-wait')).toMatchObject({ dismissed: true })
  })
})

test('of a session whose raw records are gone the findings stay as they were', async () => {
  await withCaptures(['03_errors_retries'], (store) => {
    sumUp(store)
    const { db, user } = store
    const lost = (): unknown => db.prepare('SELECT lost_ns FROM finding ORDER BY kind').pluck().all()
    db.exec('UPDATE finding SET lost_ns = 7; INSERT INTO unfound (session_id) SELECT id FROM session WHERE true')
    db.prepare('INSERT INTO pruned_session (session_id) VALUES (?)').run(user)
    sumUp(store)
    expect(lost()).toEqual([7, 7])
    db.exec('DELETE FROM pruned_session; INSERT INTO unfound (session_id) SELECT id FROM session WHERE true')
    sumUp(store)
    expect(lost()).not.toContain(7)
  })
})

test('what session files told is forgotten with them', async () => {
  await inTemporaryFolder(async (folder) => {
    const store = openStore(folder)
    try {
      const home = join(folder, 'home')
      mkdirSync(home)
      loadRolloutRun('26_big').unpackInto(home)
      await storeHome(store.db, home)
      store.settle()
      while (!store.writer.sumUp(1000, 1e6));
      const kept = store.db.prepare<[], number>('SELECT count(*) FROM finding').pluck()
      expect(kept.get()).toBeGreaterThan(0)
      const history = historyStore(store.db)
      while (history.forgetSome().left > 0);
      store.settle()
      while (!store.writer.sumUp(1000, 1e6));
      expect(kept.get()).toBe(0)
    } finally {
      store.close()
    }
  })
})

test('what is no problem counts nowhere, of one session or of all, until it is one again', async () => {
  await withCaptures(['03_errors_retries', '43_v171_retries'], (store) => {
    sumUp(store)
    const { insights: list, total } = insights(store)
    const limited = list.find(({ kind }) => kind === 'rate-limit')
    expect(
      insights(store)
        .kinds.map(({ kind }) => kind)
        .sort(),
    ).toEqual([...findingKind.options].sort())
    expect(limited).toMatchObject({ sessions: 2, times: 2, name: 'requests over the rate limit' })
    expect(limited?.weeks.reduce((sum, { times }) => sum + times, 0)).toBe(2)
    const handlers = findingHandlers(store.db)
    const of = { kind: 'rate-limit' as const, subject: '' }
    handlers['finding.dismiss']({ ...of, sessionId: store.user })
    expect(insights(store).insights.find(({ kind }) => kind === 'rate-limit')).toMatchObject({ sessions: 1 })
    const own = (): boolean | undefined =>
      store.reader['session.findings']({ id: store.user }).findings.find(({ kind }) => kind === 'rate-limit')?.dismissed
    expect(own()).toBe(true)
    handlers['finding.restore']({ ...of, sessionId: store.user })
    expect(own()).toBe(false)
    handlers['finding.dismiss'](of)
    const quiet = insights(store)
    expect(quiet.insights.at(-1)).toMatchObject({ kind: 'rate-limit', sessions: 2, dismissed: true })
    expect(quiet.total.lostMs).toBeCloseTo(total.lostMs - (limited?.lostMs ?? 0))
  })
})

test('filters narrow to sessions, and a range to when things happened', async () => {
  await withCaptures(['03_errors_retries', '43_v171_retries'], (store) => {
    sumUp(store)
    expect(insights(store, { appVersion: ['0.171.0'] }).total).toMatchObject({ sessions: 1 })
    expect(insights(store, { appVersion: ['none'] })).toMatchObject({
      insights: [],
      total: { lostMs: 0, lostUsd: null },
    })
    const [{ latest } = { latest: { atMs: 0 } }] = insights(store).insights
    const after = store.reader['insight.list']({
      fromMs: latest.atMs + 1,
      toMs: 8e12,
      filters: { helpers: true },
      zone: 'UTC',
    })
    expect(after.total.sessions).toBeLessThan(2)
  })
})

test('a fix is measured on the sessions since against those of the month before', async () => {
  await withCaptures(['03_errors_retries', '43_v171_retries'], (store) => {
    sumUp(store)
    const [early, late] = store.db
      .prepare<[], { first: bigint }>('SELECT first_ns AS first FROM session ORDER BY first_ns')
      .safeIntegers(true)
      .all()
    const between = Number((BigInt(early?.first ?? 0) + BigInt(late?.first ?? 0)) / 2n / 1_000_000n)
    store.db.prepare("INSERT INTO finding_fix (kind, subject, at_ms) VALUES ('rate-limit', '', ?)").run(between)
    const { fixed } = insights(store).insights.find(({ kind }) => kind === 'rate-limit') ?? {}
    expect(fixed).toMatchObject({
      atMs: between,
      before: { sessions: 1, allSessions: 1 },
      after: { sessions: 1, allSessions: 1 },
    })
    expect(fixed?.savedMs).toBeCloseTo((fixed?.before.lostMs ?? 0) - (fixed?.after.lostMs ?? 0))
    // In a range without it, only that it is gone is to be seen.
    const later = store.reader['insight.list']({ fromMs: 7e12, toMs: 8e12, filters: { helpers: true }, zone: 'UTC' })
    expect(later.insights).toMatchObject([
      { kind: 'rate-limit', sessions: 0, lostMs: 0, latest: { title: expect.any(String) as string } },
    ])
    expect(later.insights[0]?.fixed).toEqual(fixed)
    expect(later.total.sessions).toBe(0)
    findingHandlers(store.db)['finding.fixed']({ kind: 'rate-limit', subject: '', undone: true })
    expect(insights(store).insights.find(({ kind }) => kind === 'rate-limit')?.fixed).toBeNull()
  })
})

test('the sessions behind an insight are those that it counts', async () => {
  await withCaptures(['03_errors_retries', '16_tui'], (store) => {
    sumUp(store)
    for (const { kind, subject, sessions, lostMs, latest } of insights(store).insights) {
      const of = { fromMs: 0, toMs: 8e12, filters: { helpers: true }, kind, subject }
      const behind = store.reader['insight.sessions'](of).sessions
      expect(behind).toHaveLength(sessions)
      expect(behind.reduce((sum, session) => sum + session.lostMs, 0)).toBeCloseTo(lostMs, 6)
      expect(behind.map(({ id }) => id)).toContain(latest.sessionId)
      findingHandlers(store.db)['finding.dismiss']({ kind, subject, sessionId: latest.sessionId })
      const left = store.reader['insight.sessions'](of).sessions.map(({ id }) => id)
      expect(left).toEqual(behind.map(({ id }) => id).filter((id) => id !== latest.sessionId))
    }
  })
})
