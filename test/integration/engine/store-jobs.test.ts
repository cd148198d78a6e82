import { copyFileSync, mkdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, test, vi } from 'vitest'
import type { StoreState } from '../../../src/contract/store.ts'
import { deleteAllWord } from '../../../src/contract/store.ts'
import { loadCapture } from '../../captures.ts'
import { inTemporaryFolder, withEngine, type UnderTest } from './engine-under-test.ts'
import { countRows, readFacts } from './tables.ts'

const capture = loadCapture('09_subagents')

async function feed(engine: UnderTest): Promise<void> {
  for (const body of capture.bodies) expect((await engine.post(body)).status).toBe(200)
  await engine.settled()
}

async function idle(engine: UnderTest): Promise<StoreState> {
  await vi.waitFor(async () => expect((await engine.ask('retention.state', {})).job).toBeNull(), { timeout: 20_000 })
  return engine.ask('retention.state', {})
}

/** As a person who has waited long enough: what was stored is older than its days. */
function age(dataDir: string): void {
  const db = new Database(join(dataDir, 'colophon.db'))
  db.prepare('UPDATE body SET received_ms = received_ms - ?').run(40 * 86_400_000)
  db.close()
}

test('what the settings no longer keep is pruned, and the file shrinks when it is compacted', () =>
  inTemporaryFolder((dataDir) =>
    withEngine({ dataDir }, async (engine) => {
      await feed(engine)
      const sessions = readFacts(dataDir)['session']
      age(dataDir)
      await engine.ask('settings.write', { retention: { rawDays: 30, rawBytes: null, factsDays: null } })
      expect((await engine.ask('retention.state', {})).due.bodies).toBe(capture.bodies.length)
      await engine.ask('retention.prune', {})
      const pruned = await idle(engine)
      expect(pruned.last).toMatchObject({ kind: 'prune', failed: false })
      expect(pruned.freeBytes).toBeGreaterThan(100_000)
      expect(countRows(dataDir)).toMatchObject({ body: 0, span: 0, log: 0 })
      expect(readFacts(dataDir)['session']).toEqual(sessions)
      expect(pruned.compaction).toBe('steps')
      await engine.ask('store.compact', {})
      const compacted = await idle(engine)
      // Sums are written a while after facts, which on a busy machine is between any two of these lines.
      const most = pruned.fileBytes - pruned.freeBytes / 2
      expect(compacted.freeBytes).toBeLessThan(pruned.freeBytes / 2)
      expect(compacted.fileBytes).toBeLessThan(most)
      await engine.close()
      expect(statSync(join(dataDir, 'colophon.db')).size).toBeLessThan(most)
    }),
  ))

test('a database of an earlier version is compacted after it was written anew, which must be agreed to', () =>
  inTemporaryFolder(async (dataDir) => {
    const old = new Database(join(dataDir, 'colophon.db'))
    old.pragma('journal_mode = WAL')
    old.exec('CREATE TABLE before_it (id INTEGER); DROP TABLE before_it')
    old.close()
    await withEngine({ dataDir }, async (engine) => {
      await feed(engine)
      expect((await engine.ask('retention.state', {})).compaction).toBe('whole')
      await expect(engine.ask('store.compact', {})).rejects.toThrow('must be rewritten once')
      await engine.ask('store.compact', { whole: true })
      expect(await idle(engine)).toMatchObject({ compaction: 'steps', last: { kind: 'compact', failed: false } })
      expect(countRows(dataDir)['body']).toBe(capture.bodies.length)
    })
  }))

test('a backup is a whole database for its owner alone, and never written over a file', () =>
  inTemporaryFolder((dataDir) =>
    withEngine({ dataDir }, async (engine) => {
      await feed(engine)
      const path = join(dataDir, 'copy.db')
      await engine.ask('store.backup', { path })
      expect((await idle(engine)).last).toMatchObject({ kind: 'backup', failed: false, words: `Backed up to ${path}.` })
      expect(statSync(path).mode & 0o777).toBe(0o600)
      const restored = join(dataDir, 'restored')
      mkdirSync(restored)
      copyFileSync(path, join(restored, 'colophon.db'))
      expect(readFacts(restored)).toEqual(readFacts(dataDir))
      await expect(engine.ask('store.backup', { path })).rejects.toThrow('there is already a file')
      await expect(engine.ask('store.backup', { path: 'copy.db' })).rejects.toThrow('absolute')
      await expect(engine.ask('store.backup', { path: join(dataDir, 'no', 'where.db') })).rejects.toThrow(
        'no such folder',
      )
    }),
  ))

test('everything that was received is deleted when its word is given, and nothing of it is left in the files', () =>
  inTemporaryFolder((dataDir) =>
    withEngine({ dataDir }, async (engine) => {
      await engine.ask('settings.write', { theme: 'dark' })
      await feed(engine)
      const session = capture.conversations[0]?.conversation ?? ''
      const files = (): string =>
        ['colophon.db', 'colophon.db-wal'].map((name) => readFileSync(join(dataDir, name)).toString('latin1')).join('')
      expect(files()).toContain(session)
      await expect(engine.ask('store.deleteAll', { word: 'yes' as typeof deleteAllWord })).rejects.toThrow('word')
      await engine.ask('store.deleteAll', { word: deleteAllWord })
      expect(files()).not.toContain(session)
      const left = Object.entries(countRows(dataDir)).filter(([, rows]) => rows > 0)
      expect(left.map(([table]) => table)).toEqual(['setting'])
      expect(await engine.ask('settings.read', {})).toMatchObject({ theme: 'dark' })
      // And it goes on from nothing.
      await feed(engine)
      expect((await engine.ask('session.tree', { id: session })).rows.length).toBeGreaterThan(5)
    }),
  ))

test('facts are rebuilt a little at a time, and are the same', () =>
  inTemporaryFolder((dataDir) =>
    withEngine({ dataDir }, async (engine) => {
      await feed(engine)
      const before = readFacts(dataDir)
      const rebuilding = engine.ask('facts.rebuild', {})
      await engine.post(loadCapture('02_classic').bodies[0] as (typeof capture.bodies)[0])
      expect((await rebuilding).bodies).toBeGreaterThanOrEqual(capture.bodies.length)
      await engine.settled()
      expect(readFacts(dataDir)['api_call']).toEqual(expect.arrayContaining([...(before['api_call'] ?? [])]))
      expect(readFacts(dataDir)['tool_call']).toEqual(expect.arrayContaining([...(before['tool_call'] ?? [])]))
    }),
  ))
