import { describe, expect, test } from 'vitest'
import type { Attributes } from '../../../src/model/attributes.ts'
import { factsOfEvent, summaryOfEvent } from '../../../src/model/codex/events/index.ts'

const atNs = 1_790_000_000_000_000_000n

function factsOf(name: string, attributes: Attributes, sessionId: string | null = 's'): readonly unknown[] {
  return factsOfEvent(name, { atNs, sessionId, traceId: '', attributes })
}

describe('a response', () => {
  const completed = { 'event.kind': 'response.completed', model: 'gpt-5.5', ttft_ms: 12, model_reasoning_effort: 'low' }

  test.each([
    { as: 'texts', of: (tokens: number) => String(tokens) },
    { as: 'numbers', of: (tokens: number) => tokens },
  ])('that is completed counts its tokens, sent as $as', ({ of }) => {
    const tokens = {
      input_token_count: of(1000),
      cached_token_count: of(400),
      cache_write_token_count: of(7),
      output_token_count: of(50),
      reasoning_token_count: of(20),
      tool_token_count: of(1050),
    }
    expect(factsOf('codex.sse_event', { ...completed, ...tokens })).toEqual([
      {
        ...{ fact: 'api_call', sessionId: 's', atNs, status: 'completed', eventKind: 'response.completed' },
        ...{ model: 'gpt-5.5', effort: 'low', ttftMs: 12, tier: null, error: null },
        ...{ inputTokens: 1000, cachedTokens: 400, cacheWriteTokens: 7, outputTokens: 50, reasoningTokens: 20 },
      },
    ])
  })

  test('is no second call by the record without tokens that follows over HTTP', () => {
    expect(factsOf('codex.sse_event', { 'event.kind': 'response.completed', duration_ms: '3' })).toEqual([])
  })

  test('is none while it streams', () => {
    expect(factsOf('codex.sse_event', { 'event.kind': 'response.output_text.delta', duration_ms: '0' })).toEqual([])
  })

  test.each(['response.failed', 'response.completed', undefined])('that fails with kind %s has no tokens', (kind) => {
    const failed = factsOf('codex.sse_event', {
      'event.kind': kind ?? null,
      'error.message': 'cut',
      output_token_count: 9,
    })
    expect(failed).toMatchObject([
      { status: 'failed', eventKind: kind ?? '', error: 'cut', inputTokens: 0, outputTokens: 0, ttftMs: null },
    ])
  })

  test('of no conversation is no fact', () => {
    expect(factsOf('codex.sse_event', { ...completed, input_token_count: 1 }, null)).toEqual([])
  })
})

describe('an attempt', () => {
  test.each([
    { what: 'answered with 200', attributes: { 'http.response.status_code': 200 }, success: true },
    { what: 'answered with 429', attributes: { 'http.response.status_code': '429' }, success: false },
    { what: 'that never got an answer', attributes: { 'error.message': 'refused' }, success: false },
    { what: 'that says so itself', attributes: { 'http.response.status_code': 101, success: 'false' }, success: false },
    { what: 'of which nothing bad is known', attributes: {}, success: true },
  ])('$what has success $success', ({ attributes, success }) => {
    expect(factsOf('codex.api_request', { attempt: '2', duration_ms: '38', ...attributes })).toMatchObject([
      { fact: 'api_attempt', kind: 'http', attempt: 2, durationMs: 38, success },
    ])
  })

  test('over a websocket is told from its connection', () => {
    expect(factsOf('codex.websocket_connect', { success: 'true' })).toMatchObject([
      { kind: 'ws_connect', success: true },
    ])
    expect(factsOf('codex.websocket_request', { success: true })).toMatchObject([{ kind: 'ws_request', attempt: 0 }])
  })

  test('of no conversation is no fact', () => {
    expect(factsOf('codex.api_request', { endpoint: '/models' }, null)).toEqual([])
  })
})

describe('a prompt', () => {
  test('is kept with its stated length', () => {
    expect(factsOf('codex.user_prompt', { prompt: 'fix it', prompt_length: '6' })).toEqual([
      { fact: 'prompt', sessionId: 's', atNs, length: 6, text: 'fix it' },
    ])
  })

  test('that is redacted has a length and no text', () => {
    expect(factsOf('codex.user_prompt', { prompt: '[REDACTED]', prompt_length: '50008' })).toMatchObject([
      { length: 50008, text: null },
    ])
  })

  test('is cut to what lists and search need', () => {
    const [prompt] = factsOf('codex.user_prompt', { prompt: 'x'.repeat(50_000) }) as { text: string }[]
    expect(prompt?.text).toHaveLength(4000)
  })
})

describe('a tool result', () => {
  const attributes = {
    call_id: 'c',
    tool_name: 'exec_command',
    success: 'true',
    duration_ms: '435',
    output_truncated: true,
  }
  const resultOf = (more: Attributes): unknown => factsOf('codex.tool_result', { ...attributes, ...more })[0]

  test('reads texts as what they say', () => {
    expect(resultOf({})).toMatchObject({ success: true, durationMs: 435, outputTruncated: true, exitCode: null })
  })

  test.each([
    { output: 'Wall time: 0.1 seconds\nProcess exited with code 3\nOutput:\n', exitCode: 3 },
    { output: 'Process exited with code -1', exitCode: -1 },
    { output: 'Exit code: 2\nWall time: 1 seconds\nOutput:\n', exitCode: 2 },
    { output: 'Chunk ID: 1\nProcess running with session ID 7\nOutput:\nProcess exited with code 1\n', exitCode: null },
    { output: 'make: done\nProcess exited with code 1\n', exitCode: null },
    { output: 'Process exited with code 0\n', exitCode: 0 },
    { output: 'the log says: Process exited with code 7 today', exitCode: null },
    { output: `${'x'.repeat(3000)}\nProcess exited with code 9`, exitCode: null },
    { output: '', exitCode: null },
  ])('has the exit code $exitCode by its output', ({ output, exitCode }) => {
    expect(resultOf({ output })).toMatchObject({ exitCode, outputLength: output.length })
  })

  test.each([
    { arguments: '{"cmd":"npm test","yield_ms":10}', summary: 'npm test' },
    { arguments: '{"command":["bash","-lc","ls"]}', summary: 'bash -lc ls' },
    { arguments: '{"timeout_ms":10000}', summary: '{"timeout_ms":10000}' },
    { arguments: 'const r =\n  await  tools.exec()', summary: 'const r = await tools.exec()' },
    { arguments: '{"cmd":', summary: '{"cmd":' },
    { arguments: `{"cmd":"${'x'.repeat(500)}"}`, summary: `${'x'.repeat(199)}…` },
    {
      arguments: '*** Begin Patch\n*** Update File: a.ts\n@@\n-old\n+new\n+more\n*** Add File: b.ts\n+b\n*** End Patch',
      summary: 'a.ts, b.ts +3 −1',
    },
    {
      arguments: ['a', 'b', 'c', 'd'].map((file) => `*** Begin Patch\n*** Delete File: ${file}`).join('\n'),
      summary: 'a, b and 2 more +0 −0',
    },
    { arguments: '', summary: null },
  ])('tells $arguments in a line', ({ arguments: args, summary }) => {
    expect(resultOf({ arguments: args })).toMatchObject({ summary, argumentsLength: args.length })
  })

  test('without a call id is no fact', () => {
    expect(factsOf('codex.tool_result', { tool_name: 'exec' })).toEqual([])
  })
})

test('a decision needs a call and what was decided', () => {
  const decided = { call_id: 'c', decision: 'approved', source: 'User', tool_name: 'exec_command' }
  expect(factsOf('codex.tool_decision', decided)).toMatchObject([{ decision: 'approved', source: 'User' }])
  expect(factsOf('codex.tool_decision', { call_id: 'c' })).toEqual([])
  expect(factsOf('codex.tool_decision', decided, null)).toEqual([])
})

test('only a spawn that names both threads makes a sub-agent', () => {
  const spawn = { kind: 'spawn', sender_thread_id: 'parent', receiver_thread_id: 'child', content: 'check the API' }
  expect(factsOf('codex.agent_communication', spawn, null)).toEqual([
    { fact: 'spawn', sessionId: 'child', parentId: 'parent', atNs, message: 'check the API' },
  ])
  expect(factsOf('codex.agent_communication', { ...spawn, content: '[plaintext]' }, null)).toMatchObject([
    { message: null },
  ])
  expect(factsOf('codex.agent_communication', { ...spawn, kind: 'result' }, null)).toEqual([])
  expect(factsOf('codex.agent_communication', { kind: 'spawn', state: 'receive' }, null)).toEqual([])
})

test('a start of a conversation tells its settings', () => {
  const attributes = { model: 'm', reasoning_effort: '', approval_policy: 'never', sandbox_policy: 'read-only' }
  expect(factsOf('codex.conversation_starts', attributes)).toMatchObject([
    { fact: 'session_start', model: 'm', effort: null, approvalPolicy: 'never', sandboxPolicy: 'read-only' },
  ])
})

test('an event that is not known is no fact and has no summary', () => {
  expect(factsOf('codex.something_new', { call_id: 'c' })).toEqual([])
  expect(summaryOfEvent('codex.something_new', {})).toBe('')
})

test.each([
  {
    name: 'codex.sse_event',
    attributes: { 'event.kind': 'response.failed', 'error.message': 'cut' },
    line: 'response.failed: cut',
  },
  {
    name: 'codex.sse_event',
    attributes: { 'event.kind': 'response.completed', input_token_count: '10', output_token_count: 2 },
    line: 'response.completed: 10 tokens in, 2 out',
  },
  {
    name: 'codex.api_request',
    attributes: { endpoint: '/r', 'http.response.status_code': 500, attempt: 1 },
    line: '/r · 500 · attempt 2',
  },
  {
    name: 'codex.tool_decision',
    attributes: { tool_name: 'exec', decision: 'denied', source: 'User' },
    line: 'exec · denied · User',
  },
  {
    name: 'codex.tool_result',
    attributes: { tool_name: 'exec_command', arguments: '{"cmd":"ls"}' },
    line: 'exec_command ls',
  },
  { name: 'codex.turn_ttft', attributes: { duration_ms: '77' }, line: '77 ms' },
])('$name reads as "$line"', ({ name, attributes, line }) => {
  expect(summaryOfEvent(name, attributes as Attributes)).toBe(line)
})
