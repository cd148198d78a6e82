import { mkdirSync, renameSync } from 'node:fs'
import { basename, join } from 'node:path'
import { expect, test } from 'vitest'
import { readRollouts } from '../../../src/engine/exchange/rollout-rows.ts'
import { findRollouts } from '../../../src/engine/history/find-rollouts.ts'
import { rolloutWriter } from '../../../src/engine/history/rollout-writer.ts'
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

/** The home with the fork alone, and a folder beside it with the file that was deleted. */
function withoutAncestor(
  look: (of: { store: StoreUnderTest; dataDir: string; home: string; away: string }) => Promise<void>,
) {
  return inTemporaryHome((dataDir) =>
    inTemporaryHome((home) =>
      inTemporaryHome(async (away) => {
        run.unpackInto(home)
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

test('and is gone with the file that it stands in', () =>
  withoutAncestor(async ({ store, home }) => {
    await storeHome(store.db, home)
    store.settle()
    rolloutWriter(store.db).takeBack(fork)
    store.settle()
    expect(toldSessions(store.db)).toEqual([])
  }))
