import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { temporaryFolder } from '../../unit/engine/store/temporary.ts'
import { createAuthority } from './certificates.ts'
import { startCollector } from './collectors.ts'
import { startGrpcCollector } from './grpc-collector.ts'
import { destination, openSpool, tracesBody } from './spool-under-test.ts'

function files(contents: Record<string, string>): (name: string) => string {
  const folder = temporaryFolder()
  for (const [name, text] of Object.entries(contents)) writeFileSync(join(folder, name), text)
  return (name) => join(folder, name)
}

test('over TLS the endpoint is checked against the given authority, and gets the client certificate', async () => {
  const authority = createAuthority()
  const client = authority.certify('colophon')
  const asked = { ...authority.certify('endpoint'), ca: authority.cert, requestCert: true, rejectUnauthorized: true }
  const [collector, grpc] = [await startCollector(0, asked), await startGrpcCollector(0, asked)]
  const path = files({ 'ca.pem': authority.cert, 'client.pem': client.cert, 'client.key': client.key })
  const over = { caFile: path('ca.pem'), certFile: path('client.pem'), keyFile: path('client.key') }
  const spool = openSpool(
    destination(collector.url, over),
    destination(`https://localhost:${grpc.port}`, { ...over, protocol: 'grpc' }),
  )
  spool.store(tracesBody())
  await spool.sent()
  expect(collector.taken).toHaveLength(1)
  expect(grpc.taken).toHaveLength(1)
})

test('an endpoint of another authority gets nothing, over HTTP and gRPC, and the body waits', async () => {
  const authority = createAuthority()
  const stranger = createAuthority()
  const collector = await startCollector(0, stranger.certify('endpoint'))
  const grpcCollector = await startGrpcCollector(0, stranger.certify('endpoint'))
  const path = files({ 'ca.pem': authority.cert })
  const over = { signals: ['traces' as const], caFile: path('ca.pem') }
  const spool = openSpool(destination(collector.url, over))
  spool.store(tracesBody())
  await vi.waitFor(() => expect(spool.lane().error).toContain('certificate'))
  expect(spool.lane()).toMatchObject({ state: 'failing', queued: 1 })
  const grpc = openSpool(destination(`https://localhost:${grpcCollector.port}`, { ...over, protocol: 'grpc' }))
  grpc.store(tracesBody())
  await vi.waitFor(() => expect(grpc.lane().error).toContain('certificate'), { timeout: 5000 })
  expect([...collector.asked, ...grpcCollector.asked]).toEqual([])
})

test('a certificate that is not there is said by its path, and taken up when it is', async () => {
  const authority = createAuthority()
  const collector = await startCollector(0, authority.certify('endpoint'))
  const path = files({})
  const spool = openSpool(destination(collector.url, { signals: ['traces'], caFile: path('ca.pem') }))
  spool.store(tracesBody())
  await vi.waitFor(() => expect(spool.lane().error).toContain(`${path('ca.pem')} cannot be read`))
  writeFileSync(path('ca.pem'), authority.cert)
  await spool.sent()
  expect((collector.taken[0]?.body.length ?? 0) > 0).toBe(true)
})

test('the name in the certificate must be that of the endpoint', async () => {
  const authority = createAuthority()
  const collector = await startCollector(0, authority.certify('endpoint'))
  const path = files({ 'ca.pem': authority.cert })
  const spool = openSpool(
    destination(`https://127.0.0.2:${collector.port}`, { signals: ['traces'], caFile: path('ca.pem') }),
  )
  spool.store(tracesBody())
  await vi.waitFor(() => expect(spool.lane().state).toBe('failing'))
  expect(collector.asked).toEqual([])
})
