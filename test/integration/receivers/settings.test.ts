import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { request } from 'node:https'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { Client, credentials, Metadata, type ChannelCredentials } from '@grpc/grpc-js'
import { expect, onTestFinished, test } from 'vitest'
import type { ReceiversDraft } from '../../../src/contract/receivers.ts'
import { keepReceivers, type KeeperGiven, type ReceiverKeeper } from '../../../src/engine/receivers/keeper.ts'
import { freePort } from '../../free-port.ts'
import { createAuthority } from '../forwarding/certificates.ts'
import { temporaryFolder } from '../hosts/api-support.ts'
import { exportPath } from './grpc-client.ts'
import { send } from './http-client.ts'

const free = { host: '127.0.0.1', port: 0 }
const plain: ReceiversDraft = { grpc: free, http: free, tls: null, allowedHosts: [], allowedOrigins: [] }
const token = 'open-sesame-0815-abcd'

async function keep(
  dataDir = temporaryFolder(),
  taken: () => Promise<void> = () => Promise.resolve(),
  wanted: KeeperGiven['wanted'] = { grpc: free, http: free },
): Promise<ReceiverKeeper & { dataDir: string; accepted: () => number; moves: () => number }> {
  let accepted = 0
  let moves = 0
  const keeper = await keepReceivers({
    dataDir,
    wanted,
    optionsOf: () => ({
      maxBytes: 1_000_000,
      accept: async () => {
        await taken()
        accepted++
        return { kind: 'stored', records: 1, rejected: 0, message: '' }
      },
      refused: () => undefined,
    }),
    moved: () => {
      moves++
    },
  })
  onTestFinished(() => keeper.close())
  return { ...keeper, dataDir, accepted: () => accepted, moves: () => moves }
}

const portOf = (address: string | null): number => Number(address?.split(':').at(-1))
const protobuf = { 'content-type': 'application/x-protobuf' }

async function overHttp(keeper: ReceiverKeeper, headers: Record<string, string> = {}): Promise<number> {
  const { status } = await send(portOf(keeper.addresses.http), '/v1/traces', { headers: { ...protobuf, ...headers } })
  return status
}

function overGrpc(
  keeper: ReceiverKeeper,
  authorization: string | null = null,
  channel: ChannelCredentials = credentials.createInsecure(),
): Promise<number> {
  const client = new Client(keeper.addresses.grpc ?? '', channel)
  const metadata = new Metadata()
  if (authorization !== null) metadata.set('authorization', authorization)
  const pass = (bytes: Buffer): Buffer => bytes
  return new Promise((resolve) => {
    const call = client.makeUnaryRequest(exportPath.traces, pass, pass, Buffer.alloc(0), metadata, () => undefined)
    call.on('status', ({ code }) => {
      client.close()
      resolve(code)
    })
  })
}

test('a token is asked for on both ports from the moment it is set, and no longer when it is taken back', async () => {
  const keeper = await keep()
  expect([await overHttp(keeper), await overGrpc(keeper)]).toEqual([200, 0])
  const before = { ...keeper.addresses }
  await keeper.write({ ...plain, token })
  // Nothing was restarted for it.
  expect([keeper.addresses, keeper.moves()]).toEqual([before, 0])
  expect([await overHttp(keeper), await overGrpc(keeper)]).toEqual([401, 16])
  expect(await overHttp(keeper, { authorization: 'Bearer another-token-0815' })).toBe(401)
  expect(await overHttp(keeper, { authorization: `Bearer ${token}` })).toBe(200)
  expect(await overGrpc(keeper, `Bearer ${token}`)).toBe(0)
  await keeper.write({ ...plain, token: null })
  expect([await overHttp(keeper), await overGrpc(keeper)]).toEqual([200, 0])
})

test('a token is kept for the next start, for its owner alone, and never told whole', async () => {
  const dataDir = temporaryFolder()
  const first = await keep(dataDir)
  expect((await first.write({ ...plain, token })).token).toBe('••••cd')
  // What is not given stays.
  expect((await first.write({ ...plain, allowedOrigins: ['http://a.example'] })).token).toBe('••••cd')
  await first.close()
  const second = await keep(dataDir)
  expect(second.read()).toMatchObject({ token: '••••cd', allowedOrigins: ['http://a.example'] })
  expect(await overHttp(second)).toBe(401)
  const path = join(dataDir, 'receivers.json')
  expect(statSync(path).mode & 0o777).toBe(0o600)
  expect(readFileSync(path, 'utf8')).toContain(token)
})

test('a web page that was allowed may send', async () => {
  const keeper = await keep()
  const origin = 'http://page.example'
  expect(await overHttp(keeper, { origin })).toBe(403)
  await keeper.write({ ...plain, allowedOrigins: [origin], allowedHosts: ['box.example'] })
  expect(await overHttp(keeper, { origin })).toBe(200)
  expect(await overHttp(keeper, { host: 'box.example' })).toBe(200)
})

test('another port is listened on before the one of before is left, and what was accepted is answered', async () => {
  let begun: () => void = () => undefined
  let finish: () => void = () => undefined
  const under = new Promise<void>((resolve) => (begun = resolve))
  const held = new Promise<void>((resolve) => (finish = resolve))
  const keeper = await keep(temporaryFolder(), async () => {
    begun()
    await held
  })
  const answer = overHttp(keeper)
  await under
  const before = portOf(keeper.addresses.http)
  const port = await freePort()
  const moving = keeper.write({ ...plain, http: { ...free, port } })
  finish()
  expect(await answer).toBe(200)
  expect((await moving).moved).toBe(true)
  expect(portOf(keeper.addresses.http)).toBe(port)
  expect(port).not.toBe(before)
  expect(await overHttp(keeper)).toBe(200)
  expect(keeper.accepted()).toBe(2)
  await expect(send(before, '/v1/traces', { headers: protobuf })).rejects.toThrow()
})

test('a port that is taken is refused with who holds it and one that is free, and all stays as it was', async () => {
  const keeper = await keep()
  const holder = createServer((socket) => socket.destroy())
  await new Promise<void>((resolve) => holder.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => new Promise<void>((resolve) => holder.close(() => resolve())))
  const { port } = holder.address() as AddressInfo
  const before = { ...keeper.addresses }
  const refusal = keeper.write({ ...plain, http: { ...free, port }, token })
  await expect(refusal).rejects.toThrow(new RegExp(`port ${port} is taken by Colophon itself; port \\d+ is free`))
  expect(keeper.addresses).toEqual(before)
  expect(await overHttp(keeper)).toBe(200)
  expect(keeper.read().token).toBeNull()
})

test('an address that other machines reach needs a token or TLS', async () => {
  const keeper = await keep()
  const open = { ...plain, http: { host: '0.0.0.0', port: await freePort() } }
  await expect(keeper.write(open)).rejects.toThrow('needs a token or TLS')
  await keeper.write({ ...open, token })
  expect(await overHttp(keeper, { authorization: `Bearer ${token}` })).toBe(200)
})

test('with TLS both ports speak nothing else, and with a client authority only to its clients', async () => {
  const dir = temporaryFolder()
  const authority = createAuthority()
  const own = authority.certify('receiver')
  const client = authority.certify('client')
  const file = (name: string, text: string): string => {
    writeFileSync(join(dir, name), text)
    return join(dir, name)
  }
  const tls = { certFile: file('cert.pem', own.cert), keyFile: file('key.pem', own.key), clientCaFile: null }
  const keeper = await keep()
  await keeper.write({ ...plain, tls })
  const ca = Buffer.from(authority.cert)
  expect(await overTls(keeper, { ca })).toBe(200)
  expect(await overGrpc(keeper, null, credentials.createSsl(ca))).toBe(0)
  await expect(overHttp(keeper)).rejects.toThrow()
  expect(await overGrpc(keeper)).toBe(14)

  await keeper.write({ ...plain, tls: { ...tls, clientCaFile: file('ca.pem', authority.cert) } })
  await expect(overTls(keeper, { ca })).rejects.toThrow()
  expect(await overGrpc(keeper, null, credentials.createSsl(ca))).toBe(14)
  const pair = { cert: Buffer.from(client.cert), key: Buffer.from(client.key) }
  expect(await overTls(keeper, { ca, ...pair })).toBe(200)
  expect(await overGrpc(keeper, null, credentials.createSsl(ca, pair.key, pair.cert))).toBe(0)

  await expect(keeper.write({ ...plain, tls: { ...tls, certFile: join(dir, 'none.pem') } })).rejects.toThrow('none.pem')
  expect(await overTls(keeper, { ca, ...pair })).toBe(200)
})

function overTls(keeper: ReceiverKeeper, tls: { ca: Buffer; cert?: Buffer; key?: Buffer }): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        host: '127.0.0.1',
        port: portOf(keeper.addresses.http),
        path: '/v1/traces',
        method: 'POST',
        headers: protobuf,
        ...tls,
      },
      (response) => {
        response.resume()
        resolve(response.statusCode ?? 0)
      },
    )
    sent.on('error', reject)
    sent.end()
  })
}
