import { readFileSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { storesEverything } from '../../../src/contract/settings.ts'
import type { Privacy } from '../../../src/contract/settings.ts'
import { captureNames, loadCapture } from '../../captures.ts'
import { privacyFilter } from '../../../src/engine/otlp/privacy.ts'
import { inTemporaryFolder, withEngine, type UnderTest } from './engine-under-test.ts'

const words = {
  dropPrompts: 'sesame-of-the-prompt',
  dropArguments: 'sesame-of-the-arguments',
  dropOutputs: 'sesame-of-the-output',
  maskEmail: 'ada.sesame@example.com',
} as const
const switches = Object.keys(words) as (keyof Privacy)[]
const pair = (key: string, stringValue: string): object => ({ key, value: { stringValue } })

function body(
  conversation: string,
  encoding: 'json',
): { signal: 'logs'; encoding: 'json'; bytes: Uint8Array<ArrayBuffer> } {
  const event = (name: string, ...attributes: object[]): object => ({
    observedTimeUnixNano: '1770000000000000000',
    attributes: [
      pair('event.name', name),
      pair('conversation.id', conversation),
      pair('user.email', words.maskEmail),
      ...attributes,
    ],
  })
  const request = {
    resourceLogs: [
      {
        resource: { attributes: [pair('service.name', 'codex_exec'), pair('service.version', '0.169.0')] },
        scopeLogs: [
          {
            logRecords: [
              event(
                'codex.user_prompt',
                pair('prompt', `please ${words.dropPrompts} now`),
                pair('prompt_length', '30'),
              ),
              event(
                'codex.tool_result',
                pair('call_id', 'call-1'),
                pair('tool_name', 'exec_command'),
                pair('duration_ms', '7'),
                pair('success', 'true'),
                pair('arguments', JSON.stringify({ cmd: `echo ${words.dropArguments}` })),
                pair('output', `Process exited with code 3\n${words.dropOutputs}`),
              ),
              event('app.thing', {
                key: 'gen_ai.input.messages',
                value: {
                  arrayValue: {
                    values: [{ kvlistValue: { values: [pair('text', `nested ${words.dropPrompts}`)] } }],
                  },
                },
              }),
            ],
          },
        ],
      },
    ],
  }
  return { signal: 'logs', encoding, bytes: new Uint8Array(Buffer.from(JSON.stringify(request))) }
}

/** Bodies are compressed in the file, so each is unpacked too: what a reader of the file could find. */
async function findable(engine: UnderTest, conversation: string): Promise<string> {
  const { logs } = await engine.ask('session.logs', { id: conversation })
  const records = await Promise.all(
    logs.map(({ timeNs, event }) => engine.ask('record.get', { sessionId: conversation, timeNs, event })),
  )
  const files = readdirSync(engine.dataDir)
    .filter((name) => statSync(join(engine.dataDir, name), { throwIfNoEntry: false })?.isFile() ?? false)
    .map((name) => readFileSync(join(engine.dataDir, name)).toString('latin1'))
  return JSON.stringify(records) + files.join('')
}

test.each(switches)('with %s nothing of it reaches the disk, and the rest does', (name) =>
  inTemporaryFolder((dataDir) =>
    withEngine({ dataDir }, async (engine) => {
      await engine.ask('settings.write', { privacy: { ...storesEverything, [name]: true } })
      expect((await engine.post(body('conversation-1', 'json'))).status).toBe(200)
      await engine.settled()
      const found = await findable(engine, 'conversation-1')
      for (const each of switches) expect([each, found.includes(words[each])]).toEqual([each, each !== name])
      expect(found).toContain('[REDACTED]'.slice(0, name === 'maskEmail' ? 0 : 10))
      const { signals } = await engine.ask('status', {})
      expect(signals.logs.edited).toBe({ dropPrompts: 2, dropArguments: 1, dropOutputs: 1, maskEmail: 3 }[name])
      const { summary } = { summary: await engine.ask('session.get', { id: 'conversation-1' }) }
      expect(summary).toMatchObject({ prompts: 1, toolCalls: 1, nonZeroExits: 1 })
    }),
  ),
)

test('a switch holds from its change on, and after a restart', () =>
  inTemporaryFolder(async (dataDir) => {
    await withEngine({ dataDir }, async (engine) => {
      await engine.ask('settings.write', { privacy: { ...storesEverything, dropPrompts: true } })
    })
    await withEngine({ dataDir }, async (engine) => {
      await engine.post(body('conversation-1', 'json'))
      await engine.settled()
      expect(await findable(engine, 'conversation-1')).not.toContain(words.dropPrompts)
      await engine.ask('settings.write', { privacy: storesEverything })
      await engine.post(body('conversation-2', 'json'))
      await engine.settled()
      expect(await findable(engine, 'conversation-2')).toContain(words.dropPrompts)
    })
  }))

test.each(captureNames)(
  'the bodies of %s stay readable with everything left out, and change no more the second time',
  (name) => {
    const filter = privacyFilter({ dropPrompts: true, dropArguments: true, dropOutputs: true, maskEmail: true })
    for (const { signal, encoding, bytes } of loadCapture(name).bodies) {
      if (encoding === 'json') continue
      const once = filter(signal, bytes)
      expect(filter(signal, once.body)).toEqual({ body: once.body, edited: 0 })
      if (once.edited === 0) expect(once.body).toBe(bytes)
    }
  },
)
