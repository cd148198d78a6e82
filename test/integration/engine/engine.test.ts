import { connect } from 'node:net'
import { once } from 'node:events'
import { expect, test } from 'vitest'
import { asProtobuf, loadCapture } from '../../captures.ts'
import { inTemporaryFolder, startUnderTest, withEngine } from './engine-under-test.ts'
import { readFacts } from './tables.ts'

test('a second engine on the same folder is refused until the first has closed', async () => {
  await inTemporaryFolder(async (dataDir) => {
    await withEngine({ dataDir }, async (first) => {
      await expect(startUnderTest({ dataDir })).rejects.toThrow(
        `another Colophon (process ${String(process.pid)}) is using ${dataDir}`,
      )
      expect((await first.ask('status', {})).receivers.http.error).toBeNull()
    })
    await withEngine({ dataDir }, async (second) => {
      expect((await second.ask('status', {})).store.bodies).toBe(0)
    })
  })
})

test('a closed engine has settled its facts and freed its ports', async () => {
  await inTemporaryFolder(async (dataDir) => {
    const { bodies, conversations } = loadCapture('09_subagents')
    const engine = await startUnderTest({ dataDir })
    for (const body of bodies) expect((await engine.post(body)).status).toBe(200)
    await engine.close()
    expect(readFacts(dataDir)['unsettled']).toEqual([])
    expect(readFacts(dataDir)['session']).toHaveLength(conversations.length)
    const [error] = (await once(connect(engine.httpPort, '127.0.0.1'), 'error')) as [NodeJS.ErrnoException]
    expect(error.code).toBe('ECONNREFUSED')
  })
})

test('facts rebuilt by an engine at work are those that it had', async () => {
  await inTemporaryFolder((dataDir) =>
    withEngine({ dataDir }, async (engine) => {
      const { bodies } = loadCapture('16_tui')
      for (const body of bodies) expect((await engine.post(body)).status).toBe(200)
      await engine.settled()
      const before = { facts: readFacts(dataDir), list: await engine.ask('session.list', {}) }
      expect(await engine.ask('facts.rebuild', {})).toEqual({ bodies: bodies.length })
      await engine.settled()
      expect({ facts: readFacts(dataDir), list: await engine.ask('session.list', {}) }).toEqual(before)
    }),
  )
})

test('a body is told apart by its bytes, over whatever way and in whatever encoding it comes', async () => {
  await inTemporaryFolder((dataDir) =>
    withEngine({ dataDir }, async (engine) => {
      const { bodies } = loadCapture('10_json_redacted')
      for (const body of bodies) expect((await engine.post(body)).status).toBe(200)
      for (const body of bodies.map(asProtobuf)) expect((await engine.post(body)).status).toBe(200)
      const { store, signals } = await engine.ask('status', {})
      expect(store.bodies).toBe(bodies.length)
      expect(signals.traces).toMatchObject({ requests: 4, repeated: 2 })
    }),
  )
})
