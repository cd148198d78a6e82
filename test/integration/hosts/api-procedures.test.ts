import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { expect, test, vi } from 'vitest'
import { errorCodes } from '../../../src/contract/result.ts'
import { call, ok, send, startStage, withToken } from './api-support.ts'

const mebibyte = 1024 * 1024

test('name and parameters reach the engine as sent, and its value comes back', async () => {
  const stage = await startStage()
  stage.reply = () => Promise.resolve(ok({ sessions: [], total: 0 }))
  const answer = await call(stage, 'session.list', { search: 'größer' })
  expect(stage.calls).toEqual([{ name: 'session.list', params: { search: 'größer' } }])
  expect(JSON.parse(answer.text)).toEqual(ok({ sessions: [], total: 0 }))
  expect(answer.headers).toMatchObject({
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  })
})

test('what a client asks of a team and does not wait for is given up there, by the name of its question', async () => {
  const stage = await startStage()
  const leave = async (name: string, params: object): Promise<void> => {
    const asked = stage.calls.length
    const given = new AbortController()
    stage.reply = () => new Promise(() => undefined)
    const body = JSON.stringify(params)
    const left = fetch(`${stage.server.url}/api/${name}`, {
      ...{ method: 'POST', headers: withToken, body, signal: given.signal },
    })
    const refused = expect(left).rejects.toThrow()
    await vi.waitFor(() => expect(stage.calls).toHaveLength(asked + 1))
    stage.reply = () => Promise.resolve(ok({}))
    given.abort()
    await refused
  }
  await leave('explore.logs', { source: 'team', asked: 'mine' })
  await vi.waitFor(() => expect(stage.calls.at(-1)).toEqual({ name: 'team.stop', params: { asked: ['mine'] } }))
  await leave('session.list', { source: 'team' })
  await vi.waitFor(() => expect(stage.calls).toHaveLength(4))
  const [, , { params: sent } = { params: null }] = stage.calls
  expect(stage.calls[3]).toEqual({ name: 'team.stop', params: { asked: [(sent as { asked: string }).asked] } })
  await leave('session.list', {})
  await call(stage, 'explore.logs', { source: 'team', asked: 'answered' })
  expect(stage.calls.map(({ name }) => name).slice(4)).toEqual(['session.list', 'explore.logs'])
})

test('an empty body stands for no parameters', async () => {
  const stage = await startStage()
  await send(stage, '/api/status', { method: 'POST', headers: withToken })
  expect(stage.calls).toEqual([{ name: 'status', params: {} }])
})

test('every error code has its HTTP status, and travels in the body', async () => {
  const stage = await startStage()
  const statuses: Record<string, number> = {}
  for (const code of errorCodes) {
    stage.reply = () => Promise.resolve({ ok: false, error: { code, message: 'why' } })
    const answer = await call(stage, 'status')
    statuses[code] = answer.status
    expect(JSON.parse(answer.text)).toEqual({ ok: false, error: { code, message: 'why' } })
  }
  expect(statuses).toEqual({
    bad_request: 400,
    unauthorized: 401,
    forbidden: 403,
    not_found: 404,
    unknown_procedure: 404,
    too_large: 413,
    unavailable: 503,
    internal: 500,
  })
})

test('an engine that breaks its word is an internal error that tells nothing', async () => {
  const stage = await startStage()
  stage.reply = () => Promise.reject(new Error('/home/someone/secret'))
  const answer = await call(stage, 'status')
  expect(answer.status).toBe(500)
  expect(answer.text).not.toContain('secret')
})

test.each(['{', 'null null', Uint8Array.of(0x22, 0xff, 0x22)])(
  'a body that is not JSON is a bad request',
  async (body) => {
    const stage = await startStage()
    const answer = await send(stage, '/api/status', { method: 'POST', headers: withToken, body })
    expect(answer).toMatchObject({ status: 400 })
    expect(answer.text).toContain('"bad_request"')
    expect(stage.calls).toEqual([])
  },
)

test.each([
  { chunked: false, bytes: mebibyte + 1 },
  { chunked: true, bytes: mebibyte + 1 },
  { chunked: false, bytes: 6 * mebibyte },
  { chunked: true, bytes: 6 * mebibyte },
])('a body over one MiB is refused with an answer ($bytes bytes, chunked: $chunked)', async ({ chunked, bytes }) => {
  const stage = await startStage()
  const body = Buffer.alloc(bytes, '"')
  const answer = await send(stage, '/api/status', { method: 'POST', headers: withToken, body, chunked })
  expect(answer.status).toBe(413)
  expect(answer.text).toContain('"too_large"')
  expect(stage.calls).toEqual([])
})

test('who sends all of a large body before reading still gets the answer', async () => {
  const stage = await startStage()
  const socket = connect(stage.server.port, '127.0.0.1').pause()
  const bytes = 6 * mebibyte
  const head = ['POST /api/status HTTP/1.1', 'Host: localhost', `Authorization: ${withToken.authorization}`]
  socket.write([...head, `Content-Length: ${String(bytes)}`, '', ''].join('\r\n'))
  await new Promise<void>((resolve, reject) => {
    socket.write(Buffer.alloc(bytes), (error) => (error ? reject(error) : resolve()))
  })
  expect(await text(socket)).toMatch(/^HTTP\/1\.1 413 [^]*"too_large"/)
})

test('a body of exactly one MiB is taken', async () => {
  const stage = await startStage()
  stage.reply = () => Promise.resolve(ok(null))
  const body = JSON.stringify('x'.repeat(mebibyte - 2))
  expect(await send(stage, '/api/status', { method: 'POST', headers: withToken, body })).toMatchObject({ status: 200 })
})

test('a procedure is called by POST alone', async () => {
  const stage = await startStage()
  for (const method of ['GET', 'PUT', 'DELETE']) {
    const answer = await send(stage, '/api/status', { method, headers: withToken })
    expect(answer).toMatchObject({ status: 405, headers: { allow: 'POST' } })
  }
  expect(stage.calls).toEqual([])
})

test('no command of an alert is taken from a page that other machines may open', async () => {
  const command = { kind: 'command', command: 'id' }
  const post = { kind: 'post', url: 'https://example.com' }
  for (const [host, action, status] of [
    ['0.0.0.0', command, 403],
    ['0.0.0.0', post, 200],
    ['127.0.0.1', command, 200],
  ] as const) {
    const stage = await startStage({ host })
    for (const name of ['alert.saveRule', 'alert.test']) {
      const answer = await send(stage, `/api/${name}`, {
        ...{ method: 'POST', headers: withToken },
        body: JSON.stringify({ action }),
      })
      expect([host, name, answer.status]).toEqual([host, name, status])
    }
    expect(stage.calls).toHaveLength(status === 200 ? 2 : 0)
  }
})
