import { expect, test } from 'vitest'
import { call, send, startStage, temporaryFolder, withToken } from './api-support.ts'

const refusal = (code: string): unknown => expect.stringContaining(`"code":"${code}"`)

test('a procedure is answered to who knows the token, and to nobody else', async () => {
  const stage = await startStage()
  expect(await call(stage, 'status')).toMatchObject({ status: 200, text: '{"ok":true,"value":{}}' })
  const guesses = [
    {},
    { authorization: 'Bearer wrong' },
    { authorization: 'Basic dXNlcg==' },
    { authorization: 'Bearer' },
  ]
  for (const headers of guesses) {
    const answer = await send(stage, '/api/status', { method: 'POST', headers })
    expect(answer).toMatchObject({ status: 401, text: refusal('unauthorized') })
  }
  expect(stage.calls).toHaveLength(1)
})

test('the pushes need the token as well', async () => {
  const stage = await startStage()
  expect(await send(stage, '/api/changes')).toMatchObject({ status: 401 })
  expect(stage.listeners.size).toBe(0)
})

test('a token in the address does not count', async () => {
  const stage = await startStage()
  const answer = await send(stage, `/api/status?token=${withToken.authorization.slice(7)}`, { method: 'POST' })
  expect(answer.status).toBe(401)
})

test.each(['localhost', '127.0.0.1', '127.8.9.10', '[::1]', 'LOCALHOST'])(
  'the loopback name %s is served',
  async (name) => {
    const stage = await startStage()
    const headers = { ...withToken, host: `${name}:${String(stage.server.port)}` }
    expect(await send(stage, '/api/status', { method: 'POST', headers })).toMatchObject({ status: 200 })
  },
)

test.each([
  'colophon.example',
  'localhost.example',
  '127.0.0.1.example',
  'x@localhost.example',
  'localhost/@example',
  '192.168.1.5',
])('the foreign Host “%s” is refused, page and procedures alike', async (host) => {
  const stage = await startStage({ staticDir: temporaryFolder({ 'index.html': 'page' }) })
  const headers = { ...withToken, host }
  expect(await send(stage, '/api/status', { method: 'POST', headers })).toMatchObject({ status: 403 })
  expect(await send(stage, '/', { headers })).toMatchObject({ status: 403, text: refusal('forbidden') })
  expect(stage.calls).toEqual([])
})

test('a Host that the server was started for is served', async () => {
  const stage = await startStage({ allowedHosts: ['192.168.1.5', 'fe80::1'] })
  for (const host of ['192.168.1.5:4316', '[fe80::1]:4316']) {
    const answer = await send(stage, '/api/status', { method: 'POST', headers: { ...withToken, host } })
    expect(answer.status).toBe(200)
  }
})

test('only the page itself may send an Origin', async () => {
  const stage = await startStage()
  const own = `127.0.0.1:${String(stage.server.port)}`
  const status = async (origin: string, host = own): Promise<number> =>
    (await send(stage, '/api/status', { method: 'POST', headers: { ...withToken, host, origin } })).status
  expect(await status(`http://${own}`)).toBe(200)
  // Behind a forwarded port both name the port at the other end.
  expect(await status('http://localhost:9999', 'localhost:9999')).toBe(200)
  for (const origin of ['null', 'http://evil.example', 'http://127.0.0.1:1', `https://${own}`, 'http://localhost']) {
    expect(await status(origin)).toBe(403)
  }
})

test('no other origin is ever invited', async () => {
  const stage = await startStage()
  const preflight = await send(stage, '/api/status', {
    method: 'OPTIONS',
    headers: { origin: 'http://evil.example', 'access-control-request-method': 'POST' },
  })
  expect(preflight.status).toBe(403)
  for (const { headers } of [preflight, await call(stage, 'status')]) {
    expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([])
  }
})
