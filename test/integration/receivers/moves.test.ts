import { mkdirSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { ReceiversDraft } from '../../../src/contract/receivers.ts'
import { keepReceivers, type ReceiverKeeper } from '../../../src/engine/receivers/keeper.ts'
import { knownReceivers } from '../../../src/engine/receivers/known.ts'
import { otherColophon } from '../../../src/engine/receivers/other-colophon.ts'
import { noteHolder } from '../../../src/engine/store/holder.ts'
import { freePort } from '../../free-port.ts'
import { temporaryFolder } from '../hosts/api-support.ts'

const host = '127.0.0.1'
const transports = ['grpc', 'http'] as const

function folder(): string {
  const path = temporaryFolder()
  noteHolder(path)
  return path
}

async function keep(dataDir: string, grpc: number | null, http: number | null): Promise<ReceiverKeeper> {
  const keeper = await keepReceivers({
    dataDir,
    wanted: { grpc: { host, port: grpc }, http: { host, port: http } },
    optionsOf: () => ({
      maxBytes: 1000,
      accept: () => Promise.resolve({ kind: 'stored', records: 0, rejected: 0, message: '' }),
      refused: () => undefined,
    }),
    moved: () => undefined,
  })
  onTestFinished(() => keeper.close())
  return keeper
}

/** A program that is not Colophon, which ends every connection. */
async function hold(at?: number): Promise<{ port: number; end: () => Promise<void> }> {
  const port = at ?? (await freePort())
  const server: Server = createServer((socket) => socket.destroy())
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen({ host, port, exclusive: true }, resolve)
  })
  const end = (): Promise<void> => new Promise((resolve) => server.close(() => resolve()))
  onTestFinished(async () => (server.listening ? end() : undefined))
  return { port, end }
}

const portOf = (address: string | null): number | null => (address === null ? null : Number(address.split(':').at(-1)))
const portsOf = (keeper: ReceiverKeeper) => ({
  grpc: portOf(keeper.addresses.grpc),
  http: portOf(keeper.addresses.http),
})
const said = (keeper: ReceiverKeeper) => ({ grpc: keeper.read().grpc.port, http: keeper.read().http.port })
const draft = (grpc: number, http: number): ReceiversDraft => ({
  grpc: { host, port: grpc },
  http: { host, port: http },
  tls: null,
  allowedHosts: [],
  allowedOrigins: [],
})

/** Where a receiver shall go, seen from where it is. */
const places = ['same', 'free', 'taken', 'other'] as const
/** Whether its port is its own at the start, or somebody else has it. */
const starts = ['has', 'lost'] as const
const cases = starts.flatMap((grpcStart) =>
  starts.flatMap((httpStart) =>
    places.flatMap((grpcTo) => places.map((httpTo) => ({ grpcStart, httpStart, grpcTo, httpTo }))),
  ),
)

test.each(cases)(
  'grpc $grpcStart its port and goes to $grpcTo, http $httpStart and goes to $httpTo: what is said is where it listens, also after a restart',
  async ({ grpcStart, httpStart, grpcTo, httpTo }) => {
    const dataDir = folder()
    const start = {
      grpc: grpcStart === 'lost' ? (await hold()).port : await freePort(),
      http: httpStart === 'lost' ? (await hold()).port : await freePort(),
    }
    const stranger = await hold()
    const keeper = await keep(dataDir, start.grpc, start.http)
    const target = async (to: (typeof places)[number], own: number, other: number): Promise<number> =>
      ({ same: own, free: await freePort(), taken: stranger.port, other })[to]
    const asked = draft(await target(grpcTo, start.grpc, start.http), await target(httpTo, start.http, start.grpc))
    const before = { ports: portsOf(keeper), said: said(keeper) }

    const refusal = await keeper.write(asked).then(
      () => null,
      (error: unknown) => String(error),
    )
    if (refusal === null) {
      expect(said(keeper)).toEqual({ grpc: asked.grpc.port, http: asked.http.port })
    } else {
      expect({ ports: portsOf(keeper), said: said(keeper) }).toEqual(before)
      // What was opened on the way is let go.
      for (const [to, { port }] of [
        [grpcTo, asked.grpc],
        [httpTo, asked.http],
      ] as const)
        if (to === 'free') await (await hold(port)).end()
      // Nobody asks for a port of its own and hears that a stranger has it.
      if (grpcTo !== 'taken' && httpTo !== 'taken' && grpcStart === 'has' && httpStart === 'has')
        expect(refusal).toContain('need different ports')
    }
    const now = portsOf(keeper)
    for (const transport of transports) {
      const { address, error } = keeper.status()[transport]
      expect(now[transport] ?? said(keeper)[transport]).toBe(said(keeper)[transport])
      expect(error === null).toBe(address !== null)
    }
    expect(knownReceivers(dataDir, { grpc: null, http: null })).toMatchObject(keeper.addresses)

    await keeper.close()
    // With the ports of the first start kept, where nothing was ever saved: as the host names them again.
    const named = (port: number): number | null => (refusal === null ? null : port)
    const again = await keep(dataDir, named(start.grpc), named(start.http))
    expect({ ports: portsOf(again), said: said(again) }).toEqual({
      ports: now,
      said: refusal === null ? said(keeper) : before.said,
    })
  },
)

test('one that was saved while the other could not be had is kept, and the other comes when its port is free', async () => {
  const taken = await hold()
  const keeper = await keep(folder(), await freePort(), taken.port)
  const grpc = await freePort()
  await keeper.write(draft(grpc, taken.port))
  expect(portsOf(keeper)).toEqual({ grpc, http: null })
  expect(said(keeper)).toEqual({ grpc, http: taken.port })
  await taken.end()
  expect((await keeper.write(draft(grpc, taken.port))).moved).toBe(true)
  expect(portsOf(keeper)).toEqual({ grpc, http: taken.port })
})

test('offers two free ports that follow each other, or one beside the one that listens', async () => {
  const [one, two] = [await hold(), await hold()]
  const keeper = await keep(folder(), one.port, two.port)
  const { grpc: noGrpc, http: noHttp } = keeper.status()
  expect(noGrpc.takenBy).toEqual({ colophon: false, page: null })
  const offered = [noGrpc, noHttp].map(({ error }) => /port (\d+) is free/.exec(error ?? '')?.[1])
  expect(new Set(offered).size).toBe(2)
  const free = await keeper.freePorts()
  expect(free.http).toBe((free.grpc ?? 0) + 1)
  await keeper.write(draft(free.grpc ?? 0, free.http ?? 0))
  expect(await keeper.freePorts()).toEqual(portsOf(keeper))
  const half = await keep(folder(), one.port, await freePort())
  const { grpc, http } = await half.freePorts()
  expect(http).toBe(portsOf(half).http)
  await half.write(draft(grpc ?? 0, http ?? 0))
  expect(portsOf(half)).toEqual({ grpc, http })
})

test('another Colophon on the ports is known by either of its receivers', async () => {
  const first = await keep(folder(), 0, 0)
  const ports = portsOf(first)
  const second = await keep(folder(), ports.grpc, ports.http)
  // This process is the first one as well, so its name is its own; that it is a Colophon is what an answer says.
  expect(second.status().http.error).toContain(`port ${String(ports.http)} is taken by Colophon itself`)
  const whoIs = (port: number | null) => otherColophon(port ?? 0, 60_000)
  const known = () => [whoIs(ports.http), whoIs(ports.grpc)]
  expect(await Promise.all(known())).toEqual([{ page: null }, { page: null }])
  first.servesPage('http://127.0.0.1:4316')
  expect(await Promise.all(known())).toEqual([{ page: 'http://127.0.0.1:4316' }, { page: null }])
  first.servesPage('http://colophon.example:80')
  expect(await whoIs(ports.http)).toEqual({ page: null })
  expect(await whoIs((await hold()).port)).toBeNull()
})

test('two that save at once come one after the other', async () => {
  const keeper = await keep(folder(), 0, 0)
  const [a, b, c] = [await freePort(), await freePort(), await freePort()]
  await Promise.all([keeper.write(draft(a, b)), keeper.write(draft(b, c))])
  expect(portsOf(keeper)).toEqual({ grpc: b, http: c })
})

test('while receiving is paused a change is kept, and holds when it goes on', async () => {
  const keeper = await keep(folder(), 0, 0)
  await keeper.setReceiving(false)
  const [grpc, http] = [await freePort(), await freePort()]
  await keeper.write(draft(grpc, http))
  expect(keeper.status().grpc).toMatchObject({ address: null, error: 'receiving is paused' })
  await keeper.setReceiving(true)
  expect(portsOf(keeper)).toEqual({ grpc, http })
})

test('where the change cannot be kept for the next start, receivers that changed places are back in theirs', async () => {
  const dataDir = folder()
  const keeper = await keep(dataDir, await freePort(), await freePort())
  const before = portsOf(keeper)
  mkdirSync(join(dataDir, 'receivers.json.new'))
  await expect(keeper.write(draft(before.http ?? 0, before.grpc ?? 0))).rejects.toThrow()
  expect(portsOf(keeper)).toEqual(before)
  expect(said(keeper)).toEqual(before)
  for (const transport of transports) expect(keeper.status()[transport].error).toBeNull()
  // They listen: nobody else can.
  await expect(hold(before.grpc ?? 0)).rejects.toThrow('EADDRINUSE')
})
