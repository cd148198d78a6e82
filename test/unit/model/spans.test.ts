import { expect, test } from 'vitest'
import type { Attributes } from '../../../src/model/attributes.ts'
import { factsOfSpan, linkOfSpan, type CodexSpan } from '../../../src/model/codex/spans/index.ts'

function span(name: string, attributes: Attributes): CodexSpan {
  return {
    name,
    traceId: 't'.repeat(32),
    spanId: 'a'.repeat(16),
    parentSpanId: '',
    startNs: 10n,
    endNs: 20n,
    attributes,
  }
}

function factsOf(name: string, attributes: Attributes): readonly unknown[] {
  const of = span(name, attributes)
  return factsOfSpan(of, linkOfSpan(of))
}

test.each([
  { attributes: { 'conversation.id': 'c', thread_id: 'x' }, conversationId: 'c' },
  { attributes: { thread_id: 'c' }, conversationId: 'c' },
  { attributes: { 'thread.id': 'c' }, conversationId: 'c' },
  { attributes: { 'thread.id': 12 }, conversationId: null },
  { attributes: { 'thread.id': '' }, conversationId: null },
])('$attributes names the conversation $conversationId', ({ attributes, conversationId }) => {
  expect(linkOfSpan(span('any', attributes as Attributes))).toMatchObject({ conversationId, kind: 'other' })
})

test('a tool is known by its phase and call, whatever the model called it', () => {
  const tool = { 'codex.tool.phase': 'dispatch', call_id: 'c' }
  expect(linkOfSpan(span('no_such_tool', tool))).toMatchObject({ kind: 'tool', callId: 'c' })
  expect(linkOfSpan(span('exec_command', { call_id: 'c' }))).toMatchObject({ kind: 'other', callId: 'c' })
})

test('turn and call are read by either of their names', () => {
  expect(linkOfSpan(span('any', { turn_id: 't', tool_call_id: 'c' }))).toMatchObject({ turnId: 't', callId: 'c' })
  expect(linkOfSpan(span('any', { 'turn.id': 't', turn_id: 'x' }))).toMatchObject({ turnId: 't' })
})

test('a finished turn tells its tokens, an interrupted one has none', () => {
  const turn = { 'thread.id': 's', 'turn.id': 't', model: 'm' }
  expect(factsOf('session_task.turn', { ...turn, 'codex.turn.token_usage.total_tokens': 170 })).toMatchObject([
    { fact: 'turn_mention', sessionId: 's', turnId: 't', firstNs: 10n },
    { fact: 'turn_span', sessionId: 's', turnId: 't', startNs: 10n, endNs: 20n, totalTokens: 170 },
  ])
  expect(factsOf('session_task.turn', turn)[1]).toMatchObject({ totalTokens: null })
})

test('the span of the process mentions no turn: it starts before it', () => {
  expect(factsOf('codex.exec', { 'thread.id': 's', 'turn.id': 't' })).toEqual([
    { fact: 'session_span', sessionId: 's', kind: 'process', startNs: 10n, endNs: 20n },
  ])
})

test('requests and rounds name their turn alone', () => {
  expect(factsOf('turn/start', { 'turn.id': 't', 'rpc.request_id': 'temporary-structured-1' })).toMatchObject([
    { fact: 'turn_request', turnId: 't', method: 'turn/start', requestId: 'temporary-structured-1' },
  ])
  expect(factsOf('run_sampling_request', { turn_id: 't', cwd: '/home/dev' })).toMatchObject([
    { fact: 'model_round', turnId: 't', folder: '/home/dev' },
  ])
  expect(factsOf('turn/start', {})).toEqual([])
})

test('a tool span tells whether the call was aborted, and from where it came', () => {
  const tool = { 'codex.tool.phase': 'dispatch', call_id: 'c', 'conversation.id': 's', tool_source: 'code_mode' }
  expect(factsOf('exec_command', { ...tool, aborted: true })).toMatchObject([
    { fact: 'tool_span', callId: 'c', aborted: true, source: 'code_mode', turnId: null },
  ])
})

test('code mode is joined by the cell that both sides name', () => {
  const cell = { 'conversation.id': 's', 'cell.id': 'cell' }
  expect(factsOf('code_mode.handler.execute', { ...cell, call_id: 'c' })).toMatchObject([
    { fact: 'code_cell', cellId: 'cell', callId: 'c' },
  ])
  expect(factsOf('code_mode.broker.invoke_tool', cell)).toMatchObject([
    { fact: 'code_callback', traceId: 't'.repeat(32), cellId: 'cell' },
  ])
  expect(factsOf('code_mode.handler.execute', cell)).toEqual([])
})

test('a review names the session that it reviews, a compaction why it was', () => {
  expect(factsOf('guardian_review', { thread_id: 's', tool_call_id: 'c' })).toMatchObject([
    { fact: 'review', parentId: 's', callId: 'c' },
  ])
  expect(factsOf('run_auto_compact', { reason: 'limit', phase: 'pre' })).toMatchObject([
    { fact: 'compaction_reason', reason: 'limit', phase: 'pre' },
  ])
  expect(factsOf('codex.compaction', { 'conversation.id': 's' })).toMatchObject([{ fact: 'compaction' }])
})
