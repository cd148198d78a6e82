import { readFileSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { forwardList } from '../../../src/engine/forwarding/figures.ts'
import { openForWriting, type Db } from '../../../src/engine/store/database.ts'
import { createWriter } from '../../../src/engine/store/writer.ts'
import { temporaryFolder } from '../../unit/engine/store/temporary.ts'
import { startCollector } from './collectors.ts'
import { destination, openSpool, tracesBody } from './spool-under-test.ts'

const key = 'sesame-open-0815-4711'
const headers = [{ name: 'x-key', value: key }]

/** As versions before this one wrote it, more than once, so that older pages and the log hold it as well. */
function writeAsBefore(db: Db): void {
  const value = JSON.stringify({ ...destination('http://127.0.0.1:1', { headers }), id: 'd1' })
  for (let i = 0; i < 50; i++) {
    db.prepare('INSERT INTO forward_destination (id, value) VALUES (?, ?)').run(`d${String(i)}`, value)
    if (i > 0) db.prepare('DELETE FROM forward_destination WHERE id = ?').run(`d${String(i)}`)
  }
  db.prepare("UPDATE forward_destination SET id = 'd1', value = ?").run(value)
}

const holding = (dataDir: string): string[] =>
  readdirSync(dataDir).filter((name) => readFileSync(join(dataDir, name)).includes(key))

test('keys that an older version kept in the database leave it, its free pages and its log', () => {
  const dataDir = temporaryFolder()
  const db = openForWriting(dataDir)
  writeAsBefore(db)
  expect(holding(dataDir)).not.toEqual([])
  createWriter(db)
  expect(holding(dataDir)).toEqual(['forwarding-keys.json'])
  expect(forwardList(db).destinations).toMatchObject([{ id: 'd1', headers: [{ name: 'x-key', masked: '••••11' }] }])
  db.close()
  expect(holding(dataDir)).toEqual(['forwarding-keys.json'])
})

test('without the file of keys a destination stays, waits, and says which value to enter', async () => {
  const collector = await startCollector()
  const spool = openSpool(destination(collector.url, { headers }))
  rmSync(join(spool.dataDir, 'forwarding-keys.json'))
  spool.sender.reload()
  spool.store(tracesBody())
  await vi.waitFor(() => {
    expect(spool.lane().error).toContain('the value of the header x-key is missing')
  })
  expect(collector.taken).toEqual([])
  const [shown] = forwardList(spool.db).destinations
  expect(shown?.headers).toEqual([{ name: 'x-key', masked: 'missing: enter it again' }])
  const again = { ...destination(collector.url), id: shown?.id ?? '' }
  expect(() => spool.writer.forwarding.save({ ...again, headers: [{ name: 'x-key', value: null }] })).toThrow(
    'x-key has no value',
  )
  spool.writer.forwarding.save({ ...again, headers })
  spool.sender.reload()
  await spool.sent()
  expect(collector.taken[0]?.headers['x-key']).toBe(key)
})
