import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test, vi } from 'vitest'
import { openForReading } from '../../../src/engine/store/database.ts'
import { loadCapture, type CapturedBody } from '../../captures.ts'
import { inTemporaryFolder, postTo, withEngine, type UnderTest } from '../engine/engine-under-test.ts'
import { openStore } from '../engine/store-under-test.ts'
import { nodeCommand } from '../../node-command.ts'
import { startCollector } from './collectors.ts'
import { startGrpcCollector } from './grpc-collector.ts'
import { destination, tracesBody } from './spool-under-test.ts'

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')
const waiting = { timeout: 20_000, interval: 20 }

async function allSent(engine: UnderTest): Promise<void> {
  await vi.waitFor(async () => {
    const { lanes } = await engine.ask('forward.state', {})
    expect(lanes.filter(({ queued, state }) => queued > 0 || state !== 'idle')).toEqual([])
  }, waiting)
}

test('what Codex sends reaches an HTTP and a gRPC destination, and the state says so', async () => {
  const [http, grpc] = [await startCollector(), await startGrpcCollector()]
  const { bodies } = loadCapture('09_subagents')
  await inTemporaryFolder((dataDir) =>
    withEngine({ dataDir }, async (engine) => {
      await engine.ask('forward.save', destination(http.url, { signals: ['traces', 'logs'] }))
      await engine.ask(
        'forward.save',
        destination(`http://127.0.0.1:${grpc.port}`, { protocol: 'grpc', compression: 'gzip' }),
      )
      for (const body of bodies) expect((await engine.post(body)).status).toBe(200)
      await allSent(engine)
      const { lanes, spoolBytes } = await engine.ask('forward.state', {})
      expect(lanes).toHaveLength(5)
      expect(spoolBytes).toBe(0)
      for (const { sent, sentRequests, signal } of lanes) {
        expect(sentRequests).toBe(bodies.filter((body) => body.signal === signal).length)
        expect(sent).toBeGreaterThan(0)
      }
    }),
  )
  const wanted = bodies.filter(({ signal }) => signal !== 'metrics')
  expect(http.taken.map(({ body }) => hex(body)).sort()).toEqual(wanted.map(({ bytes }) => hex(bytes)).sort())
  expect(grpc.taken.map(({ body }) => hex(body)).sort()).toEqual(bodies.map(({ bytes }) => hex(bytes)).sort())
})

test('killed in the middle, the host sends the rest after its next start: nothing is lost, one request a signal twice at most', async () => {
  const collector = await startCollector()
  const bodies = loadCapture('07_long_90s').bodies.filter(({ signal }) => signal !== 'metrics')
  await inTemporaryFolder(async (dataDir) => {
    const store = openStore(dataDir)
    store.writer.forwarding.save(destination(collector.url))
    store.close()
    const acknowledged = await postUntil(dataDir, bodies, () => collector.taken.length >= 7)
    expect(acknowledged.length).toBeGreaterThan(5)
    await withEngine({ dataDir }, async (engine) => {
      await allSent(engine)
      for (const body of bodies) await engine.post(body)
      await allSent(engine)
    })
  })
  const arrived = collector.taken.map(({ body }) => hex(body))
  expect(new Set(arrived)).toEqual(new Set(bodies.map(({ bytes }) => hex(bytes))))
  for (const signal of ['traces', 'logs'] as const) {
    const taken = collector.taken.filter(({ path }) => path === `/v1/${signal}`).map(({ body }) => hex(body))
    expect(taken.length - new Set(taken).size).toBeLessThanOrEqual(1)
  }
})

test('bodies are acknowledged while the endpoint hangs, and do not wait for it', async () => {
  const collector = await startCollector()
  await inTemporaryFolder((dataDir) =>
    withEngine({ dataDir }, async (engine) => {
      collector.next.push(...Array.from({ length: 50 }, () => ({ does: 'hang' as const })))
      await engine.ask('forward.save', destination(collector.url, { signals: ['traces'], timeoutS: 60 }))
      await engine.post(tracesBody())
      await vi.waitFor(() => expect(collector.asked).toHaveLength(1), waiting)
      for (let n = 0; n < 60; n++) expect((await engine.post(tracesBody(20))).status).toBe(200)
      expect((await engine.ask('forward.state', {})).lanes[0]).toMatchObject({
        state: 'sending',
        queuedRequests: 61,
        sent: 0,
      })
    }),
  )
})

test('a header value is nowhere to be seen, and stays when a change does not give it again', async () => {
  const collector = await startCollector()
  const value = 'Bearer sesame-open-0815-4711'
  await inTemporaryFolder((dataDir) =>
    withEngine({ dataDir }, async (engine) => {
      const logged = vi.spyOn(console, 'error')
      onTestFinished(() => void logged.mockRestore())
      const headers = [{ name: 'authorization', value }]
      const saved = await engine.ask('forward.save', destination(collector.url, { headers }))
      collector.next.push({ does: 'answer', status: 401, body: `no: ${value}` })
      await engine.post(tracesBody())
      await vi.waitFor(async () => expect((await engine.ask('forward.state', {})).lanes[0]?.refused).toBe(1), waiting)
      const renamed = {
        ...destination(collector.url),
        id: saved.id,
        name: 'renamed',
        headers: [{ name: 'authorization', value: null }],
      }
      collector.next.push({ does: 'answer', status: 403, body: `no: ${value}` })
      const told = JSON.stringify([
        saved,
        await engine.ask('forward.save', renamed),
        await engine.ask('forward.list', {}),
        await engine.ask('forward.test', renamed),
        await engine.ask('forward.state', {}),
        await engine.ask('status', {}),
        logged.mock.calls,
      ])
      expect(told).toContain('••••11')
      expect(told).not.toContain('sesame')
      expect(collector.asked.every(({ headers: sent }) => sent.authorization === value)).toBe(true)
      await engine.post(tracesBody())
      await vi.waitFor(() => expect(collector.taken.some(({ body }) => body.length > 0)).toBe(true), waiting)

      const elsewhere = { ...renamed, url: 'http://127.0.0.1:1' }
      await expect(engine.ask('forward.save', elsewhere)).rejects.toThrow('enter the values again')
      await expect(engine.ask('forward.test', elsewhere)).rejects.toThrow('enter the values again')
      logged.mockRestore()
    }),
  )
})

test("Colophon's own receivers are refused under every name", async () => {
  await inTemporaryFolder((dataDir) =>
    withEngine({ dataDir }, async (engine) => {
      const grpcPort = engine.grpcAddress.split(':').at(-1)
      for (const host of ['localhost', '127.0.0.1', '[::1]', '0.0.0.0', '[::ffff:127.0.0.1]'])
        for (const port of [engine.httpPort, grpcPort])
          await expect(engine.ask('forward.save', destination(`http://${host}:${port}`))).rejects.toThrow(
            'own receiver',
          )
      const { answers } = await engine.ask('forward.test', destination(`http://localhost:${engine.httpPort}`))
      expect(answers.map(({ ok, message }) => [ok, message.includes('own receiver')])).toEqual([
        [false, true],
        [false, true],
        [false, true],
      ])
    }),
  )
})

test('a test sends an empty request for each signal and tells each answer', async () => {
  const collector = await startCollector()
  await inTemporaryFolder((dataDir) =>
    withEngine({ dataDir }, async (engine) => {
      collector.next.push({ does: 'ok' }, { does: 'ok' }, { does: 'answer', status: 404, body: 'no such path' })
      const { answers } = await engine.ask('forward.test', destination(collector.url))
      expect(answers.filter(({ ok }) => ok)).toHaveLength(2)
      expect(answers.find(({ ok }) => !ok)?.message).toBe('answered 404 Not Found: no such path')
      expect(collector.taken.map(({ body }) => body.length)).toEqual([0, 0])
      expect((await engine.ask('forward.list', {})).destinations).toEqual([])
    }),
  )
})

test('an end that is asked for waits for an answer under way: the request is not sent again', async () => {
  const collector = await startCollector()
  await inTemporaryFolder(async (dataDir) => {
    await withEngine({ dataDir }, async (engine) => {
      await engine.ask('forward.save', destination(collector.url, { signals: ['traces'] }))
      collector.next.push({ does: 'ok' }, { does: 'slow', ms: 300 })
      await engine.post(tracesBody())
      await engine.post(tracesBody())
      await vi.waitFor(() => expect(collector.taken).toHaveLength(2), waiting)
    })
    await withEngine({ dataDir }, async (engine) => {
      await engine.post(tracesBody())
      await allSent(engine)
    })
  })
  expect(collector.taken).toHaveLength(3)
})

test('header values stand beside the database, for their owner alone, and not in it', async () => {
  await inTemporaryFolder((dataDir) =>
    withEngine({ dataDir }, async (engine) => {
      const headers = [{ name: 'x-key', value: 'sesame-open-0815-4711' }]
      await engine.ask('forward.save', destination('http://127.0.0.1:1', { headers, enabled: false }))
      const db = openForReading(dataDir)
      const tables = db
        .prepare<[], { name: string; sql: string }>("SELECT name, sql FROM sqlite_master WHERE type = 'table'")
        .all()
      const holding = tables.filter(({ name }) =>
        JSON.stringify(db.prepare(`SELECT * FROM ${name}`).all()).includes('sesame'),
      )
      db.close()
      expect(holding).toEqual([])
      const keys = join(dataDir, 'forwarding-keys.json')
      expect(readFileSync(keys, 'utf8')).toContain('sesame-open-0815-4711')
      expect(statSync(keys).mode & 0o777).toBe(0o600)

      const [shown] = (await engine.ask('forward.list', {})).destinations
      await engine.ask('forward.remove', { id: shown?.id ?? '' })
      expect(readFileSync(keys, 'utf8')).not.toContain('sesame')
    }),
  )
})

const hostScript = fileURLToPath(new URL('../engine/crash-host.ts', import.meta.url))

/** Posts to a host of its own, and kills it when `isEnough`. Returns what it acknowledged. */
async function postUntil(
  dataDir: string,
  bodies: readonly CapturedBody[],
  isEnough: () => boolean,
): Promise<CapturedBody[]> {
  const host = spawn(...nodeCommand('--disable-warning=ExperimentalWarning', hostScript, dataDir), {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const acknowledged: CapturedBody[] = []
  try {
    const [address] = (await once(createInterface(host.stdout), 'line')) as [string]
    const port = Number(address.split(':').at(-1))
    const killing = vi.waitFor(() => expect(isEnough()).toBe(true), { timeout: 20_000, interval: 1 })
    void killing.then(() => host.kill('SIGKILL'))
    for (const body of bodies) {
      const reply = await postTo(port, body).catch(() => null)
      if (reply?.status !== 200) break
      acknowledged.push(body)
    }
    await killing
    return acknowledged
  } finally {
    host.kill('SIGKILL')
    if (host.exitCode === null && host.signalCode === null) await once(host, 'exit')
  }
}
