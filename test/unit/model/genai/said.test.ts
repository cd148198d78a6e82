import { expect, test } from 'vitest'
import type { Attributes, AttributeValue } from '../../../../src/model/attributes.ts'
import { filledUp, saidIn } from '../../../../src/model/genai/said.ts'
import type { Speech } from '../../../../src/model/genai/speech.ts'

function speech(attributes: Attributes, event = '', body: AttributeValue = null): Speech {
  return { event, attributes, body }
}

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
  expect(saidIn([speech(attributes)], 'call')).toEqual({ prompt, arguments: asked, output })
})

test('messages that stand in attributes of their own are one text, in their order, with who speaks', () => {
  const attributes = {
    'gen_ai.prompt.0.role': 'system',
    'gen_ai.prompt.0.content': 'be brief, and friendly to everyone',
    'gen_ai.prompt.10.role': 'user',
    'gen_ai.prompt.10.content': 'wish',
    'gen_ai.prompt.2.tool_calls.0.arguments': '{"q":1}',
    'gen_ai.completion.0.tool_calls.0.arguments': '{"q":2}',
  }
  expect(saidIn([speech(attributes)], 'call')).toEqual({
    prompt: 'system: be brief, and friendly to everyone\n\n{"q":1}\n\nuser: wish',
    arguments: '{"q":2}',
    output: null,
  })
})

test('instructions are not what was asked, unless nothing else was', () => {
  const instructions = { 'gen_ai.system_instructions': 'long, long instructions' }
  expect(saidIn([speech({ ...instructions, 'gen_ai.input.messages': 'wish' })], 'call').prompt).toBe('wish')
  expect(saidIn([speech(instructions)], 'call').prompt).toBe('long, long instructions')
})

test('what a tool was given are its arguments, whatever the name', () => {
  const given = { 'gen_ai.prompt': '{"city":"Paris"}', 'gen_ai.completion': 'sunny' }
  expect(saidIn([speech(given)], 'tool')).toEqual({ prompt: null, arguments: '{"city":"Paris"}', output: 'sunny' })
  expect(saidIn([speech({ ...given, 'input.value': '{}', tool_arguments: 'own' })], 'tool').arguments).toBe('own')
})

test('messages in logs or events of their own are the conversation and its answer', () => {
  const told = [
    speech({}, 'gen_ai.user.message', { content: 'wish' }),
    speech({ content: 'what was said before' }, 'gen_ai.assistant.message'),
    speech({}, 'gen_ai.user.message', { content: 'go on' }),
    speech({}, 'gen_ai.choice', { index: 0, message: { content: 'reply' } }),
  ]
  expect(saidIn(told, 'call')).toEqual({
    prompt: 'user: wish\n\nuser: go on',
    arguments: null,
    output: '{"index":0,"message":{"content":"reply"}}',
  })
  expect(saidIn([speech({}, 'any.details', { 'gen_ai.input.messages': 'wish' })], 'call').prompt).toBe('wish')
})

test('the body of a log that says in words what happened is no prompt', () => {
  expect(saidIn([speech({}, 'gemini_cli.user_prompt', 'User prompt. Length: 7.')], 'prompt').prompt).toBeNull()
})

test('what the nearer records leave out is filled up from the others', () => {
  const near = { prompt: 'wish', arguments: null, output: null }
  const far = { prompt: 'a longer wish', arguments: null, output: 'reply' }
  expect(filledUp(near, far)).toEqual({ prompt: 'wish', arguments: null, output: 'reply' })
})
