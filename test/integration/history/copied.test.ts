import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { expect, test } from 'vitest'
import { sessionPage } from '../../../src/cli/show/session-lines.ts'
import { linesText } from '../../../src/cli/text/line.ts'
import { readRollouts } from '../../../src/engine/exchange/rollout-rows.ts'
import { findRollouts } from '../../../src/engine/history/find-rollouts.ts'
import { rolloutWriter } from '../../../src/engine/history/rollout-writer.ts'
import { resumable } from '../../../src/engine/reading/resumable.ts'
import { shownSession } from '../../../src/engine/reading/shown-session.ts'
import { loadRolloutRun } from '../../rollouts.ts'
import { openStore, type StoreUnderTest } from '../engine/store-under-test.ts'
import { readFacts } from '../engine/tables.ts'
import { inTemporaryHome } from './rollout-facts.ts'
import { storeHome } from './stored-home.ts'
import { toldSessions, trueSessions } from './told-sessions.ts'

/** A thread of the old layout, forked by copying all of it. */
const run = loadRolloutRun('24_server_legacy')
const [ancestor, fork] = run.threads.map(({ id }) => id) as [string, string]
const truth = trueSessions(run.threads)

/** One that versions before token_usage_record began. */
const older = loadRolloutRun('25_upgrade')

/** The home with the fork alone, and a folder beside it with the file that was deleted. */
function withoutAncestor(
  look: (of: { store: StoreUnderTest; dataDir: string; home: string; away: string }) => Promise<void>,
  of = run,
) {
  const ancestor = of.threads[0]?.id
  return inTemporaryHome((dataDir) =>
    inTemporaryHome((home) =>
      inTemporaryHome(async (away) => {
        of.unpackInto(home)
        const file = findRollouts(home).files.find(({ name }) => name.threadId === ancestor)?.path ?? ''
        mkdirSync(join(away, 'sessions', '2026', '11', '28'), { recursive: true })
        renameSync(file, join(away, 'sessions', '2026', '11', '28', basename(file)))
        const store = openStore(dataDir)
        await look({ store, dataDir, home, away })
        store.close()
      }),
    ),
  )
}

const screen = { width: 200, colour: false, unicode: true }
const shownWords = ({ db }: StoreUnderTest, id: string): string =>
  linesText(sessionPage(shownSession(db, id), { depth: 1, rows: 9 }, screen, Date.now()), screen)
const sessionsOf = ({ db }: StoreUnderTest) => new Map(toldSessions(db).map((session) => [session.id, session]))

test('what a fork copied of a session whose file is gone counts for that session, once', () =>
  withoutAncestor(async ({ store, home }) => {
    await storeHome(store.db, home)
    store.settle()
    const sessions = sessionsOf(store)
    expect(sessions.get(fork)).toEqual(truth.find(({ id }) => id === fork))
    const known = sessions.get(ancestor)
    const whole = run.threads.find(({ id }) => id === ancestor)
    const before = whole?.calls.filter(({ turn }) => known?.turns.some((each) => each.startsWith(turn))) ?? []
    expect(before.length).toBeGreaterThan(3)
    expect(known?.calls).toEqual(before.map(({ turn }) => turn).sort())
    expect(known?.totals['input']).toBe(40_200)
    expect(known?.turns.filter((turn) => turn.endsWith('completed'))).toHaveLength(4)
    const priced = 'SELECT count(*) FROM api_call WHERE session_id = ? AND model IS NOT NULL AND cost_usd IS NOT NULL'
    expect(store.db.prepare(priced).pluck().get(ancestor)).toBe(before.length)
    expect(store.reader['session.get']({ id: ancestor })).toMatchObject({ witness: 'file', copiedIn: fork })
    expect(store.reader['session.get']({ id: fork }).copiedIn).toBeUndefined()
    expect(shownWords(store, ancestor)).toContain("from a fork's copy alone")
    expect(shownWords(store, ancestor)).not.toContain('tool call')
    expect(shownWords(store, fork)).toContain('from its file alone')
    expect(() => resumable(store.db, ancestor)).toThrow(`resume its fork ${fork}`)
    expect(resumable(store.db, fork).id).toBe(fork)
    expect(readRollouts(store.db, [ancestor]).files).toMatchObject([{ sessionId: ancestor, rolloutId: fork }])
  }))

test.each([
  ['its telemetry', run.bodies],
  ['nothing else', []],
])('the copy counts for nothing beside the file itself, whichever is read first, with %s', (_, bodies) =>
  withoutAncestor(async ({ store, dataDir, home, away }) => {
    for (const body of bodies) store.store(body)
    await storeHome(store.db, home)
    store.settle()
    await storeHome(store.db, away)
    store.settle()
    const settled = ['session', 'turn', 'api_call', 'tool_call', 'prompt'] as const
    const late = readFacts(dataDir)
    await inTemporaryHome(async (otherDir) => {
      const other = openStore(otherDir)
      await storeHome(other.db, away)
      await storeHome(other.db, home)
      for (const body of bodies) other.store(body)
      other.settle()
      const early = readFacts(otherDir)
      for (const table of settled) expect(late[table], table).toEqual(early[table])
      if (bodies.length === 0) expect(toldSessions(other.db)).toEqual(truth)
      other.close()
    })
  }),
)

test('beside the telemetry of the session a copy has words of its own, and what it lacks is no difference', () =>
  withoutAncestor(async ({ store, home }) => {
    for (const body of run.bodies) store.store(body)
    await storeHome(store.db, home)
    store.settle()
    const told = store.reader['session.get']({ id: ancestor })
    expect(told).toMatchObject({ witness: 'both', copiedIn: fork })
    expect(told.differenceList?.filter(({ witness }) => witness === 'telemetry') ?? []).toEqual([])
    expect(shownWords(store, ancestor)).toMatch(/telemetry and a fork's copy (agree|differ)/)
  }))

test('and is gone with the file that it stands in', () =>
  withoutAncestor(async ({ store, home }) => {
    await storeHome(store.db, home)
    store.settle()
    rolloutWriter(store.db).takeBack(fork)
    store.settle()
    expect(toldSessions(store.db)).toEqual([])
  }))

/** The same fork again, a minute later, in which nothing was asked. */
function forkAgain(home: string): void {
  const { path = '', name } = findRollouts(home).files[0] ?? {}
  const id = name?.threadId ?? ''
  const later = id.replace('01a22218-5c07', '01a22219-5c07')
  expect(later).not.toBe(id)
  const [copied = ''] = readFileSync(path, 'utf8').split(/^.*01a22218-5c2f/mu)
  writeFileSync(path.replace(id, later), copied.replaceAll(id, later))
}

test.each([
  ['one fork', () => undefined],
  ['two forks', forkAgain],
])('answers of before there were records count from the copy, once, in %s', (_, more) =>
  withoutAncestor(async ({ store, home }) => {
    more(home)
    await storeHome(store.db, home)
    store.settle()
    const told = sessionsOf(store)
    for (const { id, totals, turns, calls } of trueSessions(older.threads))
      expect(told.get(id)).toMatchObject({ totals, turns, calls })
    const unpriced = 'SELECT count(*) FROM api_call WHERE model IS NULL'
    expect(store.db.prepare(unpriced).pluck().get()).toBe(0)
  }, older),
)

test('and count for nothing beside the file itself', () =>
  withoutAncestor(async ({ store, home, away }) => {
    await storeHome(store.db, home)
    store.settle()
    await storeHome(store.db, away)
    store.settle()
    expect(toldSessions(store.db)).toEqual(trueSessions(older.threads))
  }, older))
