import { expect, test } from 'vitest'
import { saidIn } from '../../../../src/model/genai/said.ts'

test.each([
  [
    'the conventions',
    { 'gen_ai.input.messages': '[wish]', 'gen_ai.output.messages': '[reply]' },
    '[wish]',
    null,
    '[reply]',
  ],
  [
    'OpenInference',
    { 'input.value': '{wish}', 'llm.input_messages.0.message.content': 'wi', 'output.value': 'reply' },
    '{wish}',
    null,
    'reply',
  ],
  ['the AI SDK', { 'ai.toolCall.args': '{"q":1}', 'ai.toolCall.result': 'found' }, null, '{"q":1}', 'found'],
  [
    'lists',
    { 'gen_ai.input.messages': [{ role: 'user', content: 'wish' }] },
    '[{"role":"user","content":"wish"}]',
    null,
    null,
  ],
  ['what was left out', { 'gen_ai.input.messages': '[REDACTED]', prompt: '<REDACTED>' }, null, null, null],
  ['tools on offer', { 'gen_ai.tool.definitions': 'long, long', 'gen_ai.prompt': 'wish' }, 'wish', null, null],
  ['figures', { 'gen_ai.usage.input_tokens': 7, prompt: 3, 'prompt.id': 'p' }, null, null, null],
])('of %s', (_, attributes, prompt, asked, output) => {
  expect(saidIn([attributes])).toEqual({ prompt, arguments: asked, output })
})
