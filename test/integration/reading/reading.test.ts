import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openReading } from '../../../src/engine/reading/index.ts'
import { databaseFile, openFile, openForWriting, schemaOf } from '../../../src/engine/store/database.ts'
import { loadCapture } from '../../captures.ts'
import { openStore } from '../engine/store-under-test.ts'
import { storeCapture } from '../exchange/sessions.ts'
import { temporaryFolder } from '../hosts/api-support.ts'

test('answers what a running host does, refuses params in words, and leaves the folder as it was', async () => {
  const data = join(temporaryFolder(), 'data')
  const [id = ''] = storeCapture(data, '03_errors_retries')
  const before = readdirSync(data).filter((name) => !/-(wal|shm)$/.test(name))
  const reading = openReading(data)
  const { sessions } = await reading.ask('session.list', { helpers: false })
  expect(sessions.map((session) => session.id)).toEqual([id])
  expect((await reading.ask('session.findings', { id })).verdict).toContain('retries')
  const panel = { panel: 'cost-total', fromMs: 0, toMs: 9e12 }
  expect((await reading.ask('panel.run', panel)).rows).toHaveLength(1)
  await expect(reading.ask('session.get', { id: 'nobody' })).rejects.toMatchObject({ code: 'not_found' })
  await expect(reading.ask('session.list', { limit: 0 })).rejects.toMatchObject({ code: 'bad_request' })
  reading.close()
  expect(readdirSync(data).filter((name) => !/-(wal|shm)$/.test(name))).toEqual(before)
})

test('sees what is stored while it is open, and holds up nobody who writes', async () => {
  const data = join(temporaryFolder(), 'data')
  const store = openStore(data)
  const reading = openReading(data)
  expect((await reading.ask('session.list', {})).total).toBe(0)
  for (const body of loadCapture('03_errors_retries').bodies) store.store(body)
  store.settle()
  expect((await reading.ask('session.list', {})).total).toBe(1)
  // All of the log, which nobody who reads may hold up.
  const writer = openForWriting(data)
  expect(writer.pragma('wal_checkpoint(TRUNCATE)')).toMatchObject([{ busy: 0 }])
  writer.close()
  reading.close()
  store.close()
})

test('says in words that there is no database, or one of another version, also of one that became so', async () => {
  const data = join(temporaryFolder(), 'data')
  expect(() => openReading(data)).toThrow(`there is no Colophon database in ${data}`)
  storeCapture(data, '03_errors_retries')
  const reading = openReading(data)
  const writer = openFile(join(data, databaseFile))
  const schema = schemaOf(writer)
  writer.pragma(`user_version = ${String(schema + 1)}`)
  await expect(reading.ask('session.list', {})).rejects.toThrow('written by a newer Colophon')
  expect(() => openReading(data)).toThrow('written by a newer Colophon')
  writer.pragma(`user_version = ${String(schema - 1)}`)
  expect(() => openReading(data)).toThrow('from an older Colophon')
  writer.close()
  reading.close()
})

test('finds a session by its id, by how that begins, and the newest of a folder, else of all', () => {
  const data = join(temporaryFolder(), 'data')
  const [first = ''] = storeCapture(data, '03_errors_retries')
  const second = storeCapture(data, '02_classic').find((id) => id !== first) ?? ''
  const writer = openForWriting(data)
  writer.prepare('UPDATE session SET folder = ?, last_ns = 1 WHERE id = ?').run('/home/ada/shop/api', first)
  writer.close()
  const reading = openReading(data)
  expect(reading.find(first, '/')).toEqual({ id: first, elsewhere: false })
  expect(reading.find(second.slice(0, -1), '/')).toEqual({ id: second, elsewhere: false })
  for (const folder of ['/home/ada/shop/api', '/home/ada/shop'])
    expect(reading.find('last', folder)).toEqual({ id: first, elsewhere: false })
  expect(reading.find('last', '/home/ada/sho')).toEqual({ id: second, elsewhere: true })
  expect(() => reading.find('nobody', '/')).toThrow('there is no session nobody')
  reading.close()
})
