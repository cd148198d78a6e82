import { expect, test } from 'vitest'
import { contentRedactor } from '../../../../src/model/exchange/redact-content.ts'
import type { Json } from '../../../../src/model/exchange/record-json.ts'
import type { RedactionKind } from '../../../../src/model/exchange/redaction.ts'
import { contentOf } from '../../../../src/model/genai/content.ts'

const text = (value: unknown): Json => ({ stringValue: typeof value === 'string' ? value : JSON.stringify(value) })

function without(kinds: readonly RedactionKind[], name: string, value: Json): string {
  const redact = contentRedactor(new Set(kinds), () => undefined)
  return JSON.stringify(redact(value, contentOf(name)))
}

const said = { prompts: ['wish', 'rule'], output: ['reply', 'found'], arguments: ['asked'] } as const

const conversations: readonly (readonly [string, unknown])[] = [
  [
    'OpenAI’s messages',
    [
      { role: 'system', content: 'rule' },
      { role: 'user', content: [{ type: 'text', text: 'wish' }] },
      {
        role: 'assistant',
        content: null,
        tool_calls: [{ id: 'call-1', type: 'function', function: { name: 'look', arguments: '{"city":"asked"}' } }],
      },
      { role: 'tool', tool_call_id: 'call-1', content: 'found' },
      { role: 'assistant', content: 'reply' },
    ],
  ],
  [
    'Anthropic’s messages',
    [
      { role: 'user', content: 'wish and rule' },
      { role: 'assistant', content: [{ type: 'text', text: 'reply' }] },
      { type: 'tool_use', id: 'call-1', name: 'look', input: { city: 'asked' } },
      { type: 'tool_result', tool_use_id: 'call-1', content: [{ type: 'text', text: 'found' }] },
    ],
  ],
  [
    'the convention’s messages',
    [
      { role: 'user', parts: [{ type: 'text', content: 'wish and rule' }] },
      { role: 'assistant', parts: [{ type: 'text', content: 'reply' }] },
      { type: 'tool_call', id: 'call-1', name: 'look', arguments: { city: 'asked' } },
      { type: 'tool_call_response', id: 'call-1', result: 'found' },
    ],
  ],
  [
    'LangChain’s messages',
    [
      { lc: 1, type: 'constructor', id: ['HumanMessage'], kwargs: { content: 'wish and rule', type: 'human' } },
      { lc: 1, type: 'constructor', id: ['AIMessage'], kwargs: { content: 'reply', type: 'ai' } },
      { name: 'look', args: { city: 'asked' }, id: 'call-1' },
      { lc: 1, type: 'constructor', id: ['ToolMessage'], kwargs: { content: 'found', type: 'tool' } },
    ],
  ],
]

test.each(conversations)('of %s each switch takes its own words and leaves the others', (_, conversation) => {
  for (const kind of ['prompts', 'output', 'arguments'] as const) {
    // Under a name that says nothing, and packed into a text twice.
    const left = without([kind], 'metadata', text({ turn: JSON.stringify({ data: conversation }) }))
    for (const [each, words] of Object.entries(said))
      for (const word of words) expect([kind, each, left.includes(word)]).toEqual([kind, each, each !== kind])
    expect(left).toContain('call-1')
  }
})

test('a value whose name is content goes whole, and a number stays', () => {
  expect(without(['prompts'], 'gen_ai.input.messages', { arrayValue: { values: [text('wish')] } })).toBe(
    JSON.stringify(text('[REDACTED]')),
  )
  expect(without(['output'], 'completion', { intValue: '7' })).toBe('{"intValue":"7"}')
})

test.each([
  ['a text of Python’s', 'llm.openai.choices', "[{'message': {'tool_calls': [{'function': {'arguments': 'asked'}}]}}]"],
  ['a text that was cut', 'gen_ai.output.messages', '[{"role":"assistant","tool_calls":[{"arguments":"asked'],
  ['the print of an object', 'traceloop.entity.output', "AIMessage(content='', calls=[Call(args='asked')])"],
  ['JSON in a text of JSON that was cut', 'note', '{"a":"{\\"arguments\\":\\"asked'],
])('%s goes whole where it may hold what is to go', (_, name, value) => {
  expect(without(['arguments'], name, text(value))).toBe(JSON.stringify(text('[REDACTED]')))
})

test.each([
  '{"error":{"message":"rate limit","code":429}}',
  "Error code: 429 - {'error': {'message': 'rate limit', 'code': 429}}",
  '{"input_tokens":1161,"output_tokens":261}',
  'GET /x?prompt=1',
])('%s stays', (value) => {
  expect(without(['prompts', 'arguments', 'output'], 'note', text(value))).toBe(JSON.stringify(text(value)))
})
