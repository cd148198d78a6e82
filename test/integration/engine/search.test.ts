import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { Value } from '../../../src/contract/index.ts'
import { createReader, type Reader } from '../../../src/engine/queries/index.ts'
import { takeBody } from '../../../src/engine/queries/search-job.ts'
import type { SearchThread } from '../../../src/engine/queries/session-search.ts'
import { openForReading, type Db } from '../../../src/engine/store/database.ts'
import { searchThread } from '../../../src/engine/worker-client.ts'
import { writeBigSession } from '../../bench/big-session.ts'
import { captureNames, loadCapture } from '../../captures.ts'
import { inTemporaryFolder, silence } from './engine-under-test.ts'
import { openStore } from './store-under-test.ts'

type Answer = Value<'session.search'>

test.each(captureNames)('%s: a search finds the spans in which the words stand, and no others', (name) =>
  inTemporaryFolder(async (dataDir) => {
    const store = openStore(dataDir)
    try {
      const { bodies, conversations } = loadCapture(name)
      for (const body of bodies) store.store(body)
      store.settle()
      for (const { conversation: id } of conversations) {
        const { reader } = store
        const { rows } = reader['session.tree']({ id })
        const words = rows.flatMap(({ id: rowId }) =>
          reader['session.spans']({ id, rowId }).spans.map(({ traceId, spanId }) => {
            const { record } = reader['span.get']({ traceId, spanId }).span as { record: unknown }
            return { rowId, key: `${traceId} ${spanId}`, text: JSON.stringify(record).toLowerCase() }
          }),
        )
        for (const query of ['exec_command', 'codex.turn', 'no such words']) {
          const found = await reader['session.search']({ id, query })
          const wanted = words.filter(({ text }) => text.includes(query))
          const keys = found.spans.flatMap(({ traceId, spanIds }) => spanIds.map((spanId) => `${traceId} ${spanId}`))
          expect(keys.sort()).toEqual(wanted.map(({ key }) => key).sort())
          expect(found.spanCount).toBe(wanted.length)
          for (const { rowId, spans } of found.rows)
            expect(spans, rowId).toBe(wanted.filter((one) => one.rowId === rowId).length)
          expect(found.rows.reduce((sum, { spans }) => sum + spans, 0)).toBe(wanted.length)
          expect(found.rows.reduce((sum, { logs }) => sum + logs, 0)).toBe(found.logCount)
        }
      }
    } finally {
      store.close()
    }
  }),
)

/** 306 bodies: enough for both threads, and for a search of some turns of the event loop. */
describe('a session of 125,000 spans', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'colophon-search-'))
  let id = ''
  let db: Db
  const queries = ['exec_command', 'CALL', 'e', 'no such words']
  const alone: Answer[] = []

  beforeAll(async () => {
    id = writeBigSession(dataDir, 9)
    db = openForReading(dataDir)
    for (const query of queries) alone.push(await readerWith(null)['session.search']({ id, query }))
  })
  afterAll(() => {
    db.close()
    rmSync(dataDir, { recursive: true, force: true })
  })
  const readerWith = (thread: SearchThread | null): Reader =>
    createReader(db, { silenceMs: silence.everythingIsOld, dataDir }, thread)
  const realThread = (): SearchThread =>
    searchThread({ dataDir, silenceMs: silence.everythingIsOld, sampleDir: dataDir, version: '0.0.0' }, () => undefined)

  test('has something to find', () => {
    expect(alone.map(({ spanCount, logCount }) => [spanCount > 0, logCount > 0])).toEqual([
      [true, true],
      [true, true],
      [true, true],
      [false, false],
    ])
    expect(alone[2]?.spans.flatMap(({ spanIds }) => spanIds)).toHaveLength(5000)
  })

  test('two threads find what one finds', async () => {
    const thread = realThread()
    let byThread = 0
    const counted: SearchThread = {
      ...thread,
      scan: async (job) => {
        const found = await thread.scan(job)
        byThread += found?.length ?? 0
        return found
      },
    }
    try {
      const reader = readerWith(counted)
      reader['session.block']({ id, spans: true })
      await reader['search.prepare']()
      for (const [at, query] of queries.entries())
        expect(await reader['session.search']({ id, query })).toEqual(alone[at])
      // On a busy machine it may have been up too late for any of them.
      await vi.waitFor(async () => {
        if (byThread === 0) await readerWith(counted)['session.search']({ id, query: 'e' })
        expect(byThread).toBeGreaterThan(0)
      })
    } finally {
      await thread.close()
    }
  })

  test('a search whose other thread dies finds the same, and so does the next one', async () => {
    const thread = realThread()
    try {
      const reader = readerWith(thread)
      thread.start()
      const [found] = await Promise.all([reader['session.search']({ id, query: 'e' }), thread.close()])
      expect(found).toEqual(alone[2])
      expect(await reader['session.search']({ id, query: 'e' })).toEqual(alone[2])
    } finally {
      await thread.close()
    }
  })

  test('what a thread took with it when it died is looked through again', async () => {
    const dying: SearchThread = {
      start: () => undefined,
      close: () => Promise.resolve(),
      scan: (job) => {
        for (let taken = 0; taken < 40; taken++) takeBody(job)
        return Promise.resolve(null)
      },
    }
    expect(await readerWith(dying)['session.search']({ id, query: 'e' })).toEqual(alone[2])
  })

  test('a newer search of the same asker ends the one under way, and of no other', async () => {
    const reader = readerWith(null)
    const [older, newer, others] = await Promise.allSettled([
      reader['session.search']({ id, query: 'e', asker: 'page' }),
      reader['session.search']({ id, query: 'exec_command', asker: 'page' }),
      reader['session.search']({ id, query: 'e', asker: 'other page' }),
    ])
    expect(older).toMatchObject({ status: 'rejected', reason: { code: 'unavailable' } })
    expect(newer).toEqual({ status: 'fulfilled', value: alone[0] })
    expect(others).toEqual({ status: 'fulfilled', value: alone[2] })
  })

  test('others are answered while a search is under way', async () => {
    const reader = readerWith(null)
    // Reading the session has pauses of its own; they are not looked at here.
    await reader['session.search']({ id, query: 'no such words' })
    let isOver = false
    const search = reader['session.search']({ id, query: 'e' }).then(() => (isOver = true))
    let turns = 0
    for (; !isOver; turns++) await new Promise(setImmediate)
    await search
    expect(turns).toBeGreaterThan(2)
  })
})
