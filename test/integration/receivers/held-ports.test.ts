import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import type { IncomingMessage } from 'node:http'
import { request } from 'node:https'
import { connect, createServer } from 'node:net'
import { join } from 'node:path'
import { setImmediate as turn } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { holdPort, holdPorts } from '../../../src/engine/receivers/held-ports.ts'
import { keepReceivers } from '../../../src/engine/receivers/keeper.ts'
import type { HeldPort } from '../../../src/engine/receivers/listen.ts'
import { noteHolder } from '../../../src/engine/store/holder.ts'
import { freePort } from '../../free-port.ts'
import { createAuthority } from '../forwarding/certificates.ts'
import { temporaryFolder } from '../hosts/api-support.ts'
import { call } from './grpc-client.ts'
import { protobuf, rawConnection, send } from './http-client.ts'
import { grpc, http, stored } from './under-test.ts'

const host = '127.0.0.1'
const body = Buffer.from([1, 2, 3])

async function held(): Promise<HeldPort & { readonly port: number }> {
  const port = await freePort()
  const holding = await holdPort({ host, port })
  if (holding === null) throw new Error('a free port could not be held')
  onTestFinished(() => {
    holding.release()
  })
  return holding
}

/** Whether a port can be had. */
async function isFree(port: number): Promise<boolean> {
  const server = createServer()
  const had = await once(server.listen({ host, port, exclusive: true }), 'listening').then(
    () => true,
    () => false,
  )
  server.close()
  return had
}

test.each(['127.0.0.1', '::1'])('who sends to %s before anybody answers is answered once somebody does', async (to) => {
  const port = await held()
  const answers = [1, 2, 3].map(() => send(port.port, '/v1/traces', { host: to, headers: protobuf, body }))
  const gone = connect(port.port, to)
  await once(gone, 'connect')
  gone.resetAndDestroy()
  await once(gone, 'close')

  const receiver = await http({ port: port.port, held: port })
  expect((await Promise.all(answers)).map(({ status }) => status)).toEqual([200, 200, 200])
  expect(receiver.bodies.map(({ bytes }) => Buffer.from(bytes))).toEqual([body, body, body])
  expect(receiver.port).toBe(port.port)

  expect((await send(port.port, '/v1/traces', { host: to, headers: protobuf, body })).status).toBe(200)
  await receiver.close()
  expect(await isFree(port.port)).toBe(true)
})

test('a gRPC sender waits as well', async () => {
  const port = await held()
  const answer = call(`${host}:${String(port.port)}`, body)
  await turn()
  const receiver = await grpc({ port: port.port, held: port })
  expect((await answer).code).toBe(0)
  expect(receiver.bodies).toHaveLength(1)
})

test('over TLS as well, which begins once somebody answers', async () => {
  const port = await held()
  const authority = createAuthority()
  const { cert, key } = authority.certify('receiver')
  const sent = request(
    { host, port: port.port, path: '/v1/traces', method: 'POST', headers: protobuf, ca: authority.cert },
    (response) => response.resume(),
  ).end(body)
  await turn()
  await http({ port: port.port, held: port, tls: { cert: Buffer.from(cert), key: Buffer.from(key), clientCa: null } })
  const [response] = (await once(sent, 'response')) as [IncomingMessage]
  expect(response.statusCode).toBe(200)
})

test('a port that nobody takes over is free again, and who waited is told by the end of the connection', async () => {
  const port = await held()
  const { socket, text } = await rawConnection(port.port)
  socket.write('POST /v1/traces HTTP/1.1\r\n')
  await turn()
  port.release()
  expect(await text).toBe('')
  expect(await isFree(port.port)).toBe(true)
})

test('a port of somebody else is not held', async () => {
  const port = await held()
  expect(await holdPort({ host, port: port.port })).toBeNull()
})

test('what is held is where Settings let the receivers listen, and is closed where they cannot', async () => {
  const dataDir = temporaryFolder()
  noteHolder(dataDir)
  const [grpcPort, httpPort] = [await freePort(), await freePort()]
  const settings = {
    grpc: { host, port: grpcPort },
    http: { host, port: httpPort },
    tls: { certFile: join(dataDir, 'none.pem'), keyFile: join(dataDir, 'none.pem'), clientCaFile: null },
    allowedHosts: [],
    allowedOrigins: [],
    token: null,
  }
  writeFileSync(join(dataDir, 'receivers.json'), JSON.stringify(settings))
  const wanted = { grpc: { host, port: null }, http: { host, port: null } }
  const ports = await holdPorts({ dataDir, ...wanted })
  expect([ports.grpc?.port, ports.http?.port]).toEqual([grpcPort, httpPort])
  expect(await isFree(httpPort)).toBe(false)

  const keeper = await keepReceivers({
    dataDir,
    wanted,
    held: ports,
    optionsOf: () => ({ maxBytes: 1000, accept: () => Promise.resolve(stored), refused: () => undefined }),
    moved: () => undefined,
  })
  onTestFinished(() => keeper.close())
  expect(keeper.addresses).toEqual({ grpc: null, http: null })
  expect([await isFree(grpcPort), await isFree(httpPort)]).toEqual([true, true])
})
