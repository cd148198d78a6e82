import { describe, expect, test } from 'vitest'
import { pruneJob } from '../../../src/engine/store/prune-job.ts'
import { boundsOf, type Bounds } from '../../../src/engine/store/prune.ts'
import { userMarks } from '../../../src/engine/store/user-marks.ts'
import { loadCapture, type Capture } from '../../captures.ts'
import { loadRolloutRun } from '../../rollouts.ts'
import { inTemporaryHome } from '../history/rollout-facts.ts'
import { storeHome } from '../history/stored-home.ts'
import { inTemporaryFolder } from './engine-under-test.ts'
import { openStore, type StoreUnderTest } from './store-under-test.ts'
import { countRows, readFacts, type Tables } from './tables.ts'

const everything: Bounds = { rawBeforeMs: Infinity, maxBytes: Infinity, factsBeforeMs: -Infinity }
const rawTables = ['body', 'span', 'span_link', 'trace', 'trace_conversation', 'log', 'metric_point']
const captures = ['02_classic', '09_subagents', '16_tui', '28_guardian']

function stored(folder: string, bodies: Capture['bodies']): StoreUnderTest {
  const store = openStore(folder)
  for (const body of bodies) store.store(body)
  store.settle()
  while (!store.writer.sumUp(1000, 1e6));
  return store
}

function prune({ db, writer }: StoreUnderTest, bounds: Bounds, budgetMs = 5): number {
  const job = pruneJob(db, writer.pruning, bounds, () => writer.forgetIds())
  let steps = 1
  while (!job.step(budgetMs)) steps++
  return steps
}

/** The facts without the note of what was pruned. */
function factsOf(folder: string): Tables {
  return Object.fromEntries(Object.entries(readFacts(folder)).filter(([table]) => table !== 'pruned_session'))
}

describe.each(captures)('the raw records of %s', (name) => {
  const { bodies, conversations } = loadCapture(name)

  test('go whole, and leave every fact and every row of the tree', () =>
    inTemporaryFolder((folder) => {
      const store = stored(folder, bodies)
      const before = factsOf(folder)
      const trees = conversations.map(({ conversation: id }) =>
        store.reader['session.tree']({ id }).rows.map(({ kind, label, startMs }) => [kind, label, startMs]),
      )
      prune(store, everything)
      expect(Object.values(countRows(folder, rawTables))).toEqual(rawTables.map(() => 0))
      expect(factsOf(folder)).toEqual(before)
      const after = conversations.map(({ conversation: id }) =>
        store.reader['session.tree']({ id }).rows.map(({ kind, label, startMs }) => [kind, label, startMs]),
      )
      expect(after).toEqual(trees)
      for (const { conversation: id } of conversations)
        expect(store.reader['session.get']({ id })).toMatchObject({ pruned: true, spanCount: 0, logCount: 0 })
      store.close()
    }))

  test('that are gone are no loss to a rebuild, whichever half it was', () =>
    inTemporaryFolder((folder) => {
      const store = stored(folder, bodies)
      const before = factsOf(folder)
      // In the order of arrival, one body at a time: half of them go.
      const job = pruneJob(store.db, store.writer.pruning, everything, () => store.writer.forgetIds())
      while (job.progress().done < bodies.length / 2) job.step(0.01)
      store.writer.rebuild()
      store.settle()
      expect(factsOf(folder)).toEqual(before)
      store.close()
    }))
})

test('A session keeps where its time went when its records are gone and it is settled again', () =>
  inTemporaryFolder((folder) => {
    const store = stored(folder, loadCapture('02_classic').bodies)
    const shares = store.db.prepare('SELECT * FROM turn_share ORDER BY session_id, number, share')
    const before = shares.all()
    expect(before.length).toBeGreaterThan(0)
    prune(store, everything)
    store.db.exec('INSERT INTO unsettled (session_id) SELECT id FROM session')
    store.settle()
    store.db.exec('INSERT OR IGNORE INTO unshared (session_id) SELECT id FROM session')
    while (!store.writer.sumUp(1000, 1e6));
    expect(shares.all()).toEqual(before)
    store.close()
  }))

test('records go only when they are older than their days', () =>
  inTemporaryFolder((folder) => {
    const store = stored(folder, loadCapture('02_classic').bodies)
    const before = countRows(folder)
    const now = Date.now()
    prune(store, boundsOf({ rawDays: 1, rawBytes: null, factsDays: null }, now + 86_000_000))
    expect(countRows(folder)).toEqual(before)
    prune(store, boundsOf({ rawDays: 1, rawBytes: null, factsDays: null }, now + 87_000_000))
    expect(countRows(folder, rawTables)['body']).toBe(0)
    store.close()
  }))

test('over its bytes the database loses its oldest records, and no more than it must', () =>
  inTemporaryFolder((folder) => {
    const { bodies } = loadCapture('16_tui')
    const store = stored(folder, bodies)
    const used = (): number =>
      Number(store.db.pragma('page_count', { simple: true })) -
      Number(store.db.pragma('freelist_count', { simple: true }))
    const maxBytes = (used() - 20) * 4096
    const ids = store.db.prepare<[], number>('SELECT id FROM body ORDER BY id').pluck()
    const before = ids.all()
    prune(store, { ...everything, rawBeforeMs: -Infinity, maxBytes })
    expect(used() * 4096).toBeLessThanOrEqual(maxBytes)
    const left = ids.all()
    expect(left.length).toBeGreaterThan(before.length / 2)
    expect(left).toEqual(before.slice(before.length - left.length))
    store.close()
  }))

test('what is still to be sent on stays until it is sent', () =>
  inTemporaryFolder((folder) => {
    const store = stored(folder, loadCapture('02_classic').bodies)
    store.db.exec(
      'INSERT INTO forward_queue (seq, signal, body, received_ms, records, size) SELECT 1, signal, id, 0, 1, 1 FROM body ORDER BY id LIMIT 1',
    )
    const held = store.db.prepare('SELECT id FROM body WHERE id = (SELECT body FROM forward_held)').get()
    prune(store, everything)
    expect(store.db.prepare('SELECT id FROM body').all()).toEqual([held])
    store.close()
  }))

test('what tells of a starred session stays whole, and goes once the star is gone', () =>
  inTemporaryFolder((folder) => {
    const store = stored(
      folder,
      ['09_subagents', '16_tui', '02_classic'].flatMap((name) => loadCapture(name).bodies),
    )
    const marks = userMarks(store.db)
    const [id = ''] = loadCapture('09_subagents').conversations.map(({ conversation }) => conversation)
    const root = store.db
      .prepare<[string], string>('SELECT coalesce(parent_id, id) FROM session WHERE id = ?')
      .pluck()
      .get(id)
    const family = store.db
      .prepare<[string], string>('SELECT id FROM session WHERE ? IN (id, parent_id)')
      .pluck()
      .all(root ?? '')
    expect(family.length).toBeGreaterThan(1)
    const countsOf = () =>
      family
        .map((one) => store.reader['session.get']({ id: one }))
        .map(({ spanCount, logCount }) => ({ spanCount, logCount }))
    const before = countsOf()
    marks.mark({ id: root ?? '', starred: true })
    store.writer.pruning.starsChanged()
    const gone: Bounds = { rawBeforeMs: Infinity, maxBytes: 0, factsBeforeMs: 4e12 }
    // Steps of one piece each, so that a star that is set on the way is seen.
    prune(store, gone, 0.01)
    expect(countsOf()).toEqual(before)
    expect(store.db.prepare('SELECT id FROM session ORDER BY id').pluck().all()).toEqual([...family].sort())
    expect(store.writer.pruning.due({ ...gone, maxBytes: Infinity })).toEqual({ bodies: 0, sessions: 0, overBytes: 0 })
    marks.mark({ id: root ?? '', starred: false })
    store.writer.pruning.starsChanged()
    expect(store.writer.pruning.due(gone).bodies).toBeGreaterThan(0)
    prune(store, gone)
    expect(countRows(folder, ['body', 'session'])).toEqual({ body: 0, session: 0 })
    store.close()
  }))

test('facts go with all that is known of their session, never before its records', () =>
  inTemporaryFolder(async (folder) => {
    const store = stored(folder, loadCapture('09_subagents').bodies)
    await inTemporaryHome(async (home) => {
      loadRolloutRun('03_agents').unpackInto(home)
      await storeHome(store.db, home)
    })
    store.db.exec("INSERT INTO rollout_unknown SELECT rollout_id, 'event_msg/new', 1, 0 FROM rollout_file")
    // Begun by a call, and never heard of.
    store.db.exec(
      `INSERT INTO rollout_spawn SELECT 'nobody', rollout_id, parent_id, 'call', at_ms, NULL FROM rollout_spawn LIMIT 1`,
    )
    store.settle()
    while (!store.writer.sumUp(1000, 1e6));
    prune(store, { rawBeforeMs: -Infinity, maxBytes: Infinity, factsBeforeMs: 4e12 })
    expect(countRows(folder)['session']).toBeGreaterThan(0)
    prune(store, { rawBeforeMs: Infinity, maxBytes: Infinity, factsBeforeMs: 4e12 })
    while (!store.writer.sumUp(1000, 1e6));
    while (!store.writer.sweep.step(1000));
    const left = Object.entries(countRows(folder)).filter(([, rows]) => rows > 0)
    // How far a file is read stays, so that it does not bring its session back.
    expect(left.map(([table]) => table).sort()).toEqual([
      'client',
      'dimension',
      'fact_day',
      'fact_hour',
      'name',
      'rollout_file',
      'setting',
    ])
    store.close()
  }))

test('pruning that was cut off goes on, and a body that arrives meanwhile is stored whole', () =>
  inTemporaryFolder((folder) => {
    const { bodies } = loadCapture('16_tui')
    const store = stored(folder, bodies.slice(0, -3))
    const cutOff = pruneJob(store.db, store.writer.pruning, everything, () => store.writer.forgetIds())
    for (let i = 0; i < 4; i++) expect(cutOff.step(0.01)).toBe(false)
    for (const body of bodies.slice(-3)) store.store(body)
    const counted = countRows(folder, rawTables)
    expect(counted['body']).toBeGreaterThan(3)
    expect(prune(store, everything, 0.01)).toBeGreaterThan(3)
    expect(Object.values(countRows(folder, rawTables))).toEqual(rawTables.map(() => 0))
    // Stored again from nothing: no id of before is used.
    for (const body of bodies) store.store(body)
    store.settle()
    const again = countRows(folder, rawTables)
    expect(again['body']).toBe(bodies.length)
    store.close()
  }))
