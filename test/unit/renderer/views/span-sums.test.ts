import { expect, it } from 'vitest'
import { categoryOfSpan, spanCategories } from '../../../../src/model/codex/spans/category.ts'
import { startPartsOf } from '../../../../src/renderer/views/session/ledger/start-parts.ts'
import { filteredSpans, sortedSpans } from '../../../../src/renderer/views/session/spans/span-table.ts'
import { spanSums } from '../../../../src/renderer/views/session/spans/span-sums.ts'
import { sessionOf } from '../waterfall/session-of.ts'
import { treeRow } from '../waterfall/tree-rows.ts'

it('tells what a span of Codex is about by its name, and below a call by that', () => {
  const about = {
    session: [
      'turn/start',
      'session_loop',
      'session_task.turn',
      'run_turn',
      'op.dispatch.turn_input',
      'codex.compaction',
    ],
    network: ['try_run_sampling_request', 'handle_responses', 'model_client.websocket_connection', 'mcp.http.request'],
    tools: [
      'exec_command',
      'mcp__shop__count',
      'unified_exec.open_session',
      'code_mode.grpc.execute',
      'guardian_review',
    ],
    startup: ['thread/start', 'auth', 'get_model_info', 'environments.resolve', 'start_server_task', 'session_init'],
    internal: ['append_items', 'persist_rollout_items', 'fs.read_file', 'build_tool_router', 'a name of tomorrow'],
  }
  for (const category of spanCategories)
    for (const name of about[category]) expect(categoryOfSpan(name, false), name).toBe(category)
  expect(categoryOfSpan('a tool of my own', true)).toBe('tools')
  expect(categoryOfSpan('append_items', true)).toBe('internal')
})

const data = sessionOf([treeRow('turn', { kind: 'turn' }), treeRow('call', { callId: 'c1' })], {
  turn: [
    { depth: 0, name: 'run_turn', startMs: 0, durationMs: 100 },
    { depth: 1, name: 'auth', startMs: 5, durationMs: 10 },
    { depth: 1, name: 'auth', startMs: 10, durationMs: 10 },
    { depth: 1, name: 'get_model_info', startMs: 30, durationMs: 4 },
  ],
  call: [
    { depth: 0, name: 'my_tool', startMs: 40, durationMs: 20 },
    { depth: 1, name: 'codex.process.spawn', startMs: 45, durationMs: 5 },
  ],
})

it('adds spans up by what they are about and by name, what runs at the same time once', () => {
  if (data.raw === null) throw new Error('spans')
  const all = sortedSpans(data.raw, { column: 'start', descending: false })
  const sums = spanSums(data, all)
  expect(sums?.categories).toEqual({
    session: { count: 1, ms: 100 },
    network: { count: 0, ms: 0 },
    tools: { count: 2, ms: 20 },
    startup: { count: 3, ms: 19 },
    internal: { count: 0, ms: 0 },
  })
  expect(sums?.names.find(({ name }) => name === 'auth')).toEqual({
    ...{ name: 'auth', category: 'startup', count: 2, ms: 15, longestMs: 10 },
  })
  // Of a part of them, what that part is: as the list beside is narrowed.
  const auth = spanSums(data, filteredSpans(data.raw, all, { words: '', onlyErrors: false, name: 'auth' }))
  expect(auth?.names.map(({ name, count }) => [name, count])).toEqual([['auth', 2]])
  if (!sums) throw new Error('sums')
  const category = { of: sums.categoryOf, index: spanCategories.indexOf('tools') }
  expect(filteredSpans(data.raw, all, { words: '', onlyErrors: false, category })).toHaveLength(2)
  expect(filteredSpans(data.raw, all, { words: '', onlyErrors: false, name: 'auth' })).toHaveLength(2)
})

it('says what a start-up went to, within its stretch alone', () => {
  expect(startPartsOf(data, [{ startMs: 0, durationMs: 12 }])).toEqual([{ part: 'authentication', ms: 7 }])
  expect(startPartsOf(data, [{ startMs: 0, durationMs: 50 }])).toEqual([
    { part: 'authentication', ms: 15 },
    { part: 'models', ms: 4 },
  ])
})
