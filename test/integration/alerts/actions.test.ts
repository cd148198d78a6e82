import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { alertActions } from '../../../src/engine/alerts/actions.ts'
import { action as actionSchema, type AlertAction } from '../../../src/model/alerts/action.ts'
import type { Rule } from '../../../src/model/alerts/rule.ts'
import type { Alert } from '../../../src/contract/alerts.ts'
import { freePort } from '../../free-port.ts'
import { startCollector } from '../forwarding/collectors.ts'
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
  const there = await startCollector()
  const post = { kind: 'post', url: `${there.url}/hook` } as const
  const told = acting(post)
  await told.fired([alert])
  await told.test(post)
  expect(told.failures).toEqual([null])
  expect(there.taken.map(({ path, body }) => ({ path, ...(JSON.parse(body.toString()) as object) }))).toMatchObject([
    { path: '/hook', words, test: false },
    { path: '/hook', kind: 'test', test: true },
  ])
  there.next.push({ does: 'answer', status: 500 })
  await expect(told.test(post)).rejects.toThrow('answered 500')
  // To a place that would take it.
  there.next.push({ does: 'answer', status: 302, headers: { location: '/elsewhere' } })
  await expect(told.test(post)).rejects.toThrow('could not be notified')
  expect(there.asked.map(({ path }) => path)).not.toContain('/elsewhere')
})

test('where nobody listens the failure says so', async () => {
  const post = { kind: 'post', url: `http://localhost:${String(await freePort())}/hook` } as const
  await expect(acting(post).test(post)).rejects.toThrow(
    /^localhost:\d+ could not be notified: nobody listens at this address \(connect ECONNREFUSED /,
  )
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
