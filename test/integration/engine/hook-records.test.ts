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

/** Of a session that is over for long: what a build server says of it, say. */
const days = 5n * 86_400_000_000_000n
const late = [-days, days].map((by) =>
  body('logs', {
    resourceLogs: [
      { resource, scopeLogs: [{ logRecords: [{ ...log, timeUnixNano: String(BigInt(log.timeUnixNano) + by) }] }] },
    ],
  }),
)

test('what a hook sends for a session does not say what the session’s program is, nor days later that it still lasts, whichever came first', async () => {
  const columns = 'service, environment, app_version, originator, terminal, user, first_ns, last_ns'
  type Body = Parameters<ReturnType<typeof openStore>['store']>[0]
  const of = (bodies: readonly Body[], settlesEach = false): Promise<object> =>
    inTemporaryFolder((folder) => {
      const store = openStore(folder)
      for (const one of bodies) {
        store.store(one)
        if (settlesEach) store.settle()
      }
      store.settle()
      const row = store.db.prepare(`SELECT ${columns} FROM session WHERE id = ?`).safeIntegers(true).get(id) as object
      store.close()
      return row
    })
  const alone = await of(capture.bodies)
  expect(alone).toMatchObject({ app_version: expect.stringMatching(/^0\.1/) as string })
  // Half a minute before the first record of Codex: a step that led to the session.
  const expected = { ...alone, first_ns: BigInt(log.timeUnixNano) }
  await fc.assert(
    fc.asyncProperty(
      fc.shuffledSubarray([...capture.bodies, ...hook, ...late], { minLength: capture.bodies.length + 4 }),
      fc.boolean(),
      async (bodies, settlesEach) => {
        expect(await of(bodies, settlesEach)).toEqual(expected)
      },
    ),
    { numRuns: 4 },
  )
  expect(await of(hook)).toMatchObject({ service: 'codex-hook', environment: 'a-hook' })
})
