import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { once } from 'node:events'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { alertActions } from '../../../src/engine/alerts/actions.ts'
import { action as actionSchema, type AlertAction } from '../../../src/model/alerts/action.ts'
import type { Rule } from '../../../src/model/alerts/rule.ts'
import type { Alert } from '../../../src/contract/alerts.ts'
import { temporaryFolder } from '../hosts/api-support.ts'

const watched = { kind: 'session-duration', minutes: 1 } as const
const words = 'Mend $(touch owned) `x` "the cart\' has worked for more than 1 min'
const alert: Alert = {
  id: '1',
  ruleId: 'r',
  watched,
  startedMs: 0,
  endedMs: 0,
  value: 2,
  words,
  cause: { sessionId: 's', callId: null, panel: null, fromMs: 0, toMs: 1 },
  seen: false,
}

/** A URL of this machine that answers with `status`, and what it was sent. */
async function listen(status: number): Promise<{ readonly url: string; readonly bodies: unknown[] }> {
  const bodies: unknown[] = []
  const server = createServer((request, response) => {
    let text = ''
    request.on('data', (chunk: Buffer) => (text += chunk.toString()))
    request.on('end', () => {
      bodies.push(JSON.parse(text))
      response.writeHead(status, status === 302 ? { location: 'https://example.com/' } : {}).end()
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  return { url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/hook`, bodies }
}

function acting(action: AlertAction | undefined) {
  const failures: (string | null)[] = []
  const rules: Rule[] = [{ id: 'r', enabled: true, watched, ...(action === undefined ? {} : { action }) }]
  const actions = alertActions(
    () => Promise.resolve(rules),
    (_rule, why) => failures.push(why),
  )
  return { ...actions, failures }
}

test('a command gets the alert beside it, and none of its words becomes a part of it', async () => {
  const folder = temporaryFolder()
  const command = `cd '${folder}' && cat > told.json && printf %s "$COLOPHON_ALERT" > words`
  const acted = acting({ kind: 'command', command })
  await acted.fired([alert])
  expect(acted.failures).toEqual([null])
  expect(readFileSync(join(folder, 'words'), 'utf8')).toBe(words)
  expect(JSON.parse(readFileSync(join(folder, 'told.json'), 'utf8'))).toEqual({
    rule: 'r',
    kind: 'session-duration',
    words,
    value: 2,
    startedAt: '1970-01-01T00:00:00.000Z',
    sessionId: 's',
    test: false,
  })
})

test('a command that fails is told of with what it said, and does not keep the next one from being run', async () => {
  const acted = acting({ kind: 'command', command: 'echo no such bell >&2; exit 3' })
  await acted.fired([alert, alert])
  expect(acted.failures).toEqual(Array(2).fill('the command ended with exit code 3: no such bell'))
})

test('a URL is sent JSON, and what it refuses or sends elsewhere is a failure', async () => {
  const good = await listen(204)
  const told = acting({ kind: 'post', url: good.url })
  await told.fired([alert])
  await told.test({ kind: 'post', url: good.url })
  expect(told.failures).toEqual([null])
  expect(good.bodies).toMatchObject([
    { words, test: false },
    { kind: 'test', test: true },
  ])
  const bad = await listen(500)
  await expect(told.test({ kind: 'post', url: bad.url })).rejects.toThrow('answered 500')
  const elsewhere = await listen(302)
  await expect(told.test({ kind: 'post', url: elsewhere.url })).rejects.toThrow('could not be told')
})

test('a rule without an action does nothing', async () => {
  const acted = acting(undefined)
  await acted.fired([alert])
  expect(acted.failures).toEqual([])
})

test.each([
  ['https://example.com/hook', true],
  ['http://127.0.0.1:8080/', true],
  ['http://localhost/x', true],
  ['http://[::1]:9/', true],
  ['http://example.com/', false],
  ['http://localhost.example.com/', false],
  ['http://127.0.0.1.example.com/', false],
  ['file:///etc/passwd', false],
  ['ftp://127.0.0.1/', false],
  ['http://127.0.0.1@example.com/', false],
  ['http://127.0.0.1\\@example.com/', false],
  ['https://ada:secret@example.com/', false],
  ['no url', false],
])('a URL is taken where nobody on the way can read: %s', (url, taken) => {
  expect(actionSchema.safeParse({ kind: 'post', url }).success).toBe(taken)
})
