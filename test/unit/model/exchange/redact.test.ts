import { expect, test } from 'vitest'
import type { JsonObject } from '../../../../src/model/exchange/record-json.ts'
import { recordRedactor } from '../../../../src/model/exchange/redact-record.ts'
import { textRedactor } from '../../../../src/model/exchange/redact-text.ts'
import { redactionKind, type RedactionKind } from '../../../../src/model/exchange/redaction.ts'
import { countingTally, noTally } from '../../../../src/model/exchange/tally.ts'

const redactText = textRedactor(new Set(redactionKind.options), ['/home/ada/shop', 'D:\\work\\shop'], noTally)

test.each([
  ['/home/ada/shop/src/cart.ts', '<project>/src/cart.ts'],
  ['cd /home/ada/shop && ls', 'cd <project> && ls'],
  ['/home/ada/shop-2/x', '~/shop-2/x'],
  ['see /home/ada/notes.', 'see ~/notes.'],
  ['/Users/ada.b/x and /var/home/ada/y', '~/x and ~/y'],
  ['/root/.codex/config.toml', '~/.codex/config.toml'],
  ['C:\\Users\\Ada\\x', '~\\x'],
  ['{"cwd":"C:\\\\Users\\\\Ada\\\\x"}', '{"cwd":"~\\\\x"}'],
  ['D:\\work\\shop\\a.ts', '<project>\\a.ts'],
  ['mail ada.l+x@example.co.uk now', 'mail <email> now'],
])('%s becomes %s', (text, expected) => {
  expect(redactText(text)).toBe(expected)
})

test.each([
  'https://example.com/home/page',
  '/mnt/root/x and /usr/share/home',
  'the agent /root',
  'lodash@4.17.21 and pkg@1.2.3.tgz',
  'git@github.com:owner/name.git',
  '@decorator a@b',
])('%s stays', (text) => {
  expect(redactText(text)).toBe(text)
})

const log = (event: string, attributes: Record<string, string>): JsonObject => ({
  timeUnixNano: '1795166851003949200',
  traceId: '5b8efff798038103d269b633813fc60c',
  attributes: Object.entries({ 'event.name': event, ...attributes }).map(([key, stringValue]) => ({
    key,
    value: { stringValue },
  })),
})

function redacted(kinds: readonly RedactionKind[], record: JsonObject): JsonObject {
  return recordRedactor(new Set(kinds), [], noTally)(record)
}

test.each([
  ['prompts', 'codex.user_prompt', 'prompt', 'fix the cart', '[REDACTED]'],
  ['prompts', 'codex.agent_communication', 'content', 'look at it', '[REDACTED]'],
  ['arguments', 'codex.tool_result', 'arguments', '{"cmd":"ls"}', '[REDACTED]'],
  [
    'output',
    'codex.tool_result',
    'output',
    'Process exited with code 3\nOutput:\nx',
    'Process exited with code 3\n[REDACTED]',
  ],
  ['output', 'codex.agent_response', 'response', 'All done', '[REDACTED]'],
  ['email', 'codex.user_prompt', 'user.account_id', 'acct-1', '<email>'],
  ['email', 'codex.user_prompt', 'host.name', 'ada-laptop', '<host>'],
] as const)('%s takes %s’s %s out, and only when asked to', (kind, event, key, before, after) => {
  const record = log(event, { [key]: before })
  expect(redacted([kind], record)).toEqual(log(event, { [key]: after }))
  expect(
    redacted(
      redactionKind.options.filter((other) => other !== kind),
      record,
    ),
  ).toEqual(record)
})

test('texts are redacted wherever they stand: nested values, bodies, names, events; ids and times are not touched', () => {
  const place = '/home/ada/x'
  const record: JsonObject = {
    traceId: '5b8efff798038103d269b633813fc60c',
    startTimeUnixNano: '1',
    name: `open ${place}`,
    body: { stringValue: place },
    status: { message: place },
    events: [
      { name: place, attributes: [{ key: place, value: { arrayValue: { values: [{ stringValue: place }] } } }] },
    ],
    attributes: [{ key: 'a', value: { kvlistValue: { values: [{ key: 'b', value: { stringValue: place } }] } } }],
  }
  expect(redacted(['paths'], record)).toEqual({
    traceId: '5b8efff798038103d269b633813fc60c',
    startTimeUnixNano: '1',
    name: 'open ~/x',
    body: { stringValue: '~/x' },
    status: { message: '~/x' },
    events: [
      { name: '~/x', attributes: [{ key: place, value: { arrayValue: { values: [{ stringValue: '~/x' }] } } }] },
    ],
    attributes: [{ key: 'a', value: { kvlistValue: { values: [{ key: 'b', value: { stringValue: '~/x' } }] } } }],
  })
})

test('Codex’s name for its main agent is no path, and what is empty stays empty', () => {
  const record = log('codex.tool_result', { agent_name: '/root/helper', arguments: '' })
  expect(redacted(['paths', 'arguments'], record)).toEqual(record)
})

test('a preview counts by kind and shows different examples, none with a secret', () => {
  const key = `sk-${'a1B2c3D4e5F6g7H8i9J0k1L2'}`
  const tally = countingTally(2)
  const redact = recordRedactor(new Set(['secrets', 'prompts']), [], tally)
  redact(log('codex.user_prompt', { prompt: `use ${key}` }))
  for (let i = 0; i < 3; i++) redact(log('codex.tool_result', { output: `found ${key}` }))
  expect(tally.counts).toMatchObject({ prompts: 1, secrets: 3, email: 0 })
  expect(tally.samples).toEqual([
    { kind: 'prompts', before: 'use [secret]', after: '[REDACTED]' },
    { kind: 'secrets', before: 'sk-a••• (27 characters)', after: '[secret]' },
  ])
})
