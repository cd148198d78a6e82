import { expect, test } from 'vitest'
import { decompress } from '../../../src/engine/store/compression.ts'
import { deleteAllJob } from '../../../src/engine/store/delete-all.ts'
import { jobRunner } from '../../../src/engine/store/jobs.ts'
import { removeJob } from '../../../src/engine/store/remove-job.ts'
import { storeKeeper } from '../../../src/engine/store/store-procedures.ts'
import { userMarks } from '../../../src/engine/store/user-marks.ts'
import { loadCapture, type CapturedBody } from '../../captures.ts'
import { inTemporaryFolder } from './engine-under-test.ts'
import { openStore, type StoreUnderTest } from './store-under-test.ts'

/** Two requests as one: what repeats in protobuf adds up. */
function together(some: readonly CapturedBody[], others: readonly CapturedBody[]): CapturedBody[] {
  const left = [...others]
  const merged = some.map((body) => {
    const at = left.findIndex(({ signal, encoding }) => signal === body.signal && encoding === body.encoding)
    if (at < 0 || body.encoding === 'json') return body
    const [other] = left.splice(at, 1)
    return { ...body, bytes: new Uint8Array(Buffer.concat([body.bytes, other?.bytes ?? new Uint8Array()])) }
  })
  return [...merged, ...left]
}

const gone = loadCapture('09_subagents')
const kept = loadCapture('02_classic')

function remove({ db, writer }: StoreUnderTest, id: string): readonly string[] {
  const ids = writer.removal.begin(id)
  const job = removeJob(db, writer.removal, () => writer.forgetIds())
  while (!job.step(0.01));
  return ids
}

const idsIn = (store: StoreUnderTest): string[] =>
  store.reader['session.list']({ helpers: true, limit: 1000, offset: 0 }).sessions.map(({ id }) => id)

/** The tables that have rows of any of these sessions. */
function tablesOf({ db }: StoreUnderTest, ids: readonly string[]): readonly string[] {
  const tables = db
    .prepare<[], string>(
      `SELECT sqlite_schema.name FROM sqlite_schema, pragma_table_info(sqlite_schema.name) AS has
       WHERE sqlite_schema.type = 'table' AND has.name = 'session_id'`,
    )
    .pluck()
    .all()
  const rows = (table: string) =>
    db.prepare(`SELECT 1 FROM ${table} WHERE session_id IN (SELECT value FROM json_each(?))`).get(JSON.stringify(ids))
  return tables.filter((table) => rows(table) !== undefined)
}

/** Everything that is told of the sessions that stay. */
function toldOf(store: StoreUnderTest): unknown {
  return kept.conversations.map(({ conversation: id }) => [
    store.reader['session.get']({ id }),
    store.reader['session.tree']({ id }).rows,
  ])
}

const bytesIn = ({ db }: StoreUnderTest): string[] =>
  db
    .prepare<[], { codec: number; bytes: Buffer; size: number }>(
      'SELECT codec, bytes, size FROM body WHERE signal <> 3',
    )
    .all()
    .map(({ codec, bytes, size }) => decompress(codec, bytes, size).toString('latin1'))

test('a session that is deleted goes with its helpers and all its records, also of requests that it shares', () =>
  inTemporaryFolder((folder) => {
    const store = openStore(folder)
    for (const body of together(gone.bodies, kept.bodies)) store.store(body)
    store.settle()
    const before = toldOf(store)
    const stay = new Set(kept.conversations.map(({ conversation }) => conversation))
    const root = idsIn(store).find(
      (id) => !stay.has(id) && store.reader['session.get']({ id }).parentId === null,
    ) as string
    const helper = idsIn(store).find((id) => store.reader['session.get']({ id }).parentId === root) as string
    userMarks(store.db).mark({ id: root, name: 'Secret plans', tags: ['x'] })
    expect(() => store.writer.removal.begin(helper)).toThrow('is deleted with the session')
    // What this run has none of.
    store.db.prepare("INSERT INTO session_attribute (session_id, key, value) VALUES (?, 'ticket', 'SHOP-42')").run(root)
    store.db
      .prepare(
        `INSERT INTO finding (session_id, kind, subject, at_ns, lost_ns, confidence, times, title, row_ids)
         VALUES (?, 'slow-command', 'npm test', 0, 0, 'exact', 1, 'npm test', '[]')`,
      )
      .run(helper)
    store.db.prepare("INSERT INTO review (trace_id, parent_id, call_id) VALUES ('of nobody yet', ?, '')").run(root)

    // The process's own spans may name the id; what was said and done stands nowhere any more.
    const said = store.db
      .prepare<object, string>(
        'SELECT text FROM prompt WHERE session_id = @root AND text NOT NULL UNION SELECT call_id FROM tool_call WHERE session_id = @root',
      )
      .pluck()
      .all({ root })
    expect(said.length).toBeGreaterThan(1)
    expect(said.every((words) => bytesIn(store).some((text) => text.includes(words)))).toBe(true)
    expect(tablesOf(store, [root, helper])).toEqual(
      expect.arrayContaining(['user_mark', 'user_tag', 'tool_call', 'turn', 'finding', 'session_attribute']),
    )
    const ids = remove(store, root)
    expect(ids).toContain(helper)
    store.settle()
    expect(idsIn(store).sort()).toEqual([...stay].sort())
    expect(toldOf(store)).toEqual(before)
    for (const text of bytesIn(store)) for (const words of said) expect(text).not.toContain(words)
    // By which it is refused.
    expect(tablesOf(store, ids)).toEqual(['removed_session', 'removed_trace'])
    expect(store.db.prepare('SELECT 1 FROM review WHERE parent_id = ?').get(root)).toBeUndefined()

    // What comes late, in whatever order, and a rebuild do not bring it back.
    for (const body of [...gone.bodies].reverse()) store.store(body)
    store.writer.rebuild()
    store.settle()
    expect(idsIn(store).sort()).toEqual([...stay].sort())
    for (const text of bytesIn(store)) for (const words of said) expect(text).not.toContain(words)
    const [told] = store.reader['removed.list']({}).sessions
    expect(told).toMatchObject({ id: root, helpers: ids.length - 1 })
    const logs = gone.bodies.length
    expect(told?.refused).toBeGreaterThan(logs)
    expect(told?.lastRefusedMs).toBeGreaterThanOrEqual(told?.atMs ?? Infinity)
    store.close()

    // Also not in a host that is started anew, until it is wanted again.
    const again = openStore(folder)
    for (const body of gone.bodies) again.store(body)
    again.settle()
    expect(idsIn(again).sort()).toEqual([...stay].sort())
    // Nor when everything is deleted: that it is gone for good was said of it alone.
    deleteAllJob(again.db, () => again.writer.forget()).step(1)
    for (const body of gone.bodies) again.store(body)
    again.settle()
    expect(idsIn(again)).toEqual([])
    again.writer.removal.forget(root)
    expect(again.reader['removed.list']({}).sessions).toEqual([])
    for (const body of gone.bodies) again.store(body)
    again.settle()
    expect(idsIn(again)).toEqual(expect.arrayContaining([...ids]))
    again.close()
  }))

test('an import that also brought others can still be taken back, and one of which nothing is left is gone', () =>
  inTemporaryFolder((folder) => {
    const store = openStore(folder)
    // Some that tell of both, and some that tell of what goes alone.
    for (const body of together(gone.bodies.slice(0, 3), kept.bodies)) store.store(body)
    for (const body of gone.bodies.slice(3)) store.store(body)
    store.settle()
    const { db } = store
    const run = db.prepare("INSERT INTO import_run (at_ms, files) VALUES (0, '[]')")
    const bring = db.prepare('INSERT INTO import_body (body, run) VALUES (?, ?)')
    const bodies = db.prepare<[], number>('SELECT id FROM body WHERE signal <> 3').pluck().all()
    for (const body of bodies) bring.run(body, run.run().lastInsertRowid)
    const stay = new Set(kept.conversations.map(({ conversation }) => conversation))
    const root = idsIn(store).find(
      (id) => !stay.has(id) && store.reader['session.get']({ id }).parentId === null,
    ) as string
    remove(store, root)
    const left = db.prepare<[], number>('SELECT count(*) FROM body WHERE signal <> 3').pluck().get()
    expect(left).toBeGreaterThan(0)
    expect(left).toBeLessThan(bodies.length)
    const runs = 'SELECT count(*) FROM import_run JOIN import_body ON run = import_run.id JOIN body ON body.id = body'
    expect(db.prepare(runs).pluck().get()).toBe(left)
    expect(db.prepare('SELECT count(*) FROM import_run').pluck().get()).toBe(left)
    expect(db.prepare('SELECT count(*) FROM import_body').pluck().get()).toBe(left)
    store.close()
  }))

test('a deletion that was cut off goes on, and what waits to be forwarded is sent on as it came', () =>
  inTemporaryFolder(async (folder) => {
    const store = openStore(folder)
    for (const body of gone.bodies) store.store(body)
    store.settle()
    store.db.exec(
      'INSERT INTO forward_queue (seq, signal, body, received_ms, records, size) SELECT id, signal, id, 0, 1, 1 FROM body',
    )
    const root = idsIn(store).find((id) => store.reader['session.get']({ id }).parentId === null) as string
    store.writer.removal.begin(root)
    const cutOff = removeJob(store.db, store.writer.removal, () => store.writer.forgetIds())
    cutOff.step(0)
    store.close()
    const again = openStore(folder)
    expect(again.writer.removal.isLeft()).toBe(true)
    const { handlers } = storeKeeper(
      again.db,
      again.writer,
      jobRunner(() => undefined),
    )
    expect(() => handlers['removed.forget']({ id: root })).toThrow('being deleted')
    const job = removeJob(again.db, again.writer.removal, () => again.writer.forgetIds())
    while (!job.step(5));
    expect(again.writer.removal.isLeft()).toBe(false)
    await handlers['removed.forget']({ id: root })
    expect(again.reader['removed.list']({}).sessions).toEqual([])
    expect(idsIn(again)).toEqual([])
    const unsent = again.db
      .prepare(
        `SELECT count(*) FROM forward_queue WHERE body NOT IN (SELECT id FROM body)
           OR (body IS NULL AND seq NOT IN (SELECT seq FROM forward_original))`,
      )
      .pluck()
    expect(unsent.get()).toBe(0)
    expect(again.db.prepare('SELECT count(*) FROM forward_queue').pluck().get()).toBe(gone.bodies.length)
    again.close()
  }))
