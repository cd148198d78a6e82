import fc from 'fast-check'
import { expect, test } from 'vitest'
import { loadCapture } from '../../captures.ts'
import { inTemporaryFolder } from './engine-under-test.ts'
import { openStore } from './store-under-test.ts'

const capture = loadCapture('02_classic')
const id = capture.conversations[0]?.conversation ?? ''
const pair = (key: string, stringValue: string): object => ({ key, value: { stringValue } })
const resource = {
  attributes: [pair('service.name', 'codex-hook'), pair('service.version', ''), pair('env', 'a-hook')],
}
const attributes = [pair('conversation.id', id), pair('git.branch', 'main'), pair('app.version', '0')]
const body = (signal: 'logs' | 'traces', content: object) =>
  ({ signal, encoding: 'json', bytes: new Uint8Array(Buffer.from(JSON.stringify(content))) }) as const
const span = {
  ...{ traceId: '0123456789abcdef0123456789abcdef', spanId: '0123456789abcdef', name: 'hook: lint', attributes },
  ...{ startTimeUnixNano: '1795166690000000000', endTimeUnixNano: '1795166691000000000' },
}
const log = { timeUnixNano: '1795166690000000000', body: { stringValue: 'linted' }, attributes }
const hook = [
  body('traces', { resourceSpans: [{ resource, scopeSpans: [{ scope: { name: 'my-hook' }, spans: [span] }] }] }),
  body('logs', { resourceLogs: [{ resource, scopeLogs: [{ scope: { name: 'my-hook' }, logRecords: [log] }] }] }),
]

test('what a hook sends for a session does not say what the session’s program is, whichever came first', async () => {
  const columns = 'service, environment, app_version, originator, terminal, user'
  const of = (bodies: readonly Parameters<ReturnType<typeof openStore>['store']>[0][]): Promise<unknown> =>
    inTemporaryFolder((folder) => {
      const store = openStore(folder)
      for (const one of bodies) store.store(one)
      store.settle()
      const row: unknown = store.db.prepare(`SELECT ${columns} FROM session WHERE id = ?`).get(id)
      store.close()
      return row
    })
  const alone = await of(capture.bodies)
  expect(alone).toMatchObject({ app_version: expect.stringMatching(/^0\.1/) as string })
  await fc.assert(
    fc.asyncProperty(
      fc.shuffledSubarray([...capture.bodies, ...hook], { minLength: capture.bodies.length + 2 }),
      async (bodies) => {
        expect(await of(bodies)).toEqual(alone)
      },
    ),
    { numRuns: 3 },
  )
  expect(await of(hook)).toMatchObject({ service: 'codex-hook', environment: 'a-hook' })
})
