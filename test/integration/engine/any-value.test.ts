import fc from 'fast-check'
import { expect, test } from 'vitest'
import { breachesOf } from '../../../src/engine/alerts/breaches.ts'
import { largestCount } from '../../../src/model/counts.ts'
import { withPanels } from '../panels/panels-under-test.ts'
import { jsonBody, logRequest, spanRequest } from './requests.ts'

/** Any value of any kind, as OTLP/JSON has it. */
const anyValue: fc.Arbitrary<object> = fc.oneof(
  fc
    .oneof(fc.double(), fc.constantFrom(1.7e308, -1, -0, 0.5, 2 ** 31, 1e16))
    .map((number) => ({ doubleValue: Number.isFinite(number) ? number : String(number) })),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map((number) => ({ intValue: String(number) })),
  fc
    .constantFrom('-5', '1e400', 'NaN', 'Infinity', '007', '99999999999', ' 1', '')
    .map((stringValue) => ({ stringValue })),
  fc.string().map((stringValue) => ({ stringValue })),
  fc.boolean().map((boolValue) => ({ boolValue })),
  fc.constant({ arrayValue: { values: [{ intValue: '3' }] } }),
  fc.constant({ kvlistValue: { values: [] } }),
  fc.nat(5000).map((number) => ({ intValue: String(number) })),
)

type Fields = Readonly<Record<string, object | undefined>>

const record = (...keys: readonly string[]): fc.Arbitrary<Fields> =>
  fc.record(Object.fromEntries(keys.map((key) => [key, anyValue])), { requiredKeys: [] })

const tokens = ['input', 'output', 'cached', 'cache_write', 'reasoning', 'tool'].map((kind) => `${kind}_token_count`)
const events: readonly (readonly [string, fc.Arbitrary<Fields>])[] = [
  ['codex.sse_event', record(...tokens, 'ttft_ms', 'duration_ms', 'error.message', 'model', 'service_tier')],
  ['codex.api_request', record('attempt', 'http.response.status_code', 'duration_ms', 'success', 'error.message')],
  ['codex.websocket_connect', record('attempt', 'http.response.status_code', 'duration_ms', 'success')],
  ['codex.websocket_request', record('attempt', 'duration_ms', 'success')],
  ['codex.tool_result', record('call_id', 'duration_ms', 'success', 'output', 'arguments', 'tool_result_seq')],
  ['codex.tool_decision', record('call_id', 'decision', 'source')],
  ['codex.user_prompt', record('prompt', 'prompt_length')],
  ['codex.conversation_starts', record('model', 'mcp_servers')],
  ['codex.turn_ttft', record('duration_ms')],
  ['codex.sandbox_outcome', record('call_id', 'initial_duration_ms', 'escalated_duration_ms')],
]

const atNs = 1_790_000_000_000_000_000n
const always = {
  'conversation.id': { stringValue: 'c1' },
  'event.kind': { stringValue: 'response.completed' },
  call_id: { stringValue: 'call' },
}
const pairs = (attributes: Fields): object[] => Object.entries(attributes).map(([key, value]) => ({ key, value }))

const log = fc.oneof(
  ...events.map(([name, attributes]) =>
    fc.tuple(attributes, fc.nat(4000)).map(([own, ms]) => ({
      observedTimeUnixNano: String(atNs + BigInt(ms) * 1_000_000n),
      attributes: pairs({ ...always, ...own, 'event.name': { stringValue: name } }),
    })),
  ),
)

const span = fc
  .tuple(
    fc.constantFrom(
      'session_task.turn',
      'codex.sampling',
      'run_sampling_request',
      'exec_command',
      'chat',
      'codex.compaction',
    ),
    record('codex.turn.token_usage.total_tokens', 'aborted', 'model', 'cwd', 'gen_ai.usage.input_tokens', 'ttft_ms'),
    fc.tuple(fc.integer({ min: 1, max: 0xffffff }), fc.oneof(fc.nat(9000), fc.constantFrom(-5, 9e15))),
  )
  .map(([name, own, [id, ms]]) => ({
    traceId: id.toString(16).padStart(32, 'a'),
    spanId: id.toString(16).padStart(16, 'b'),
    name,
    startTimeUnixNano: String(atNs),
    endTimeUnixNano: String(BigInt.asUintN(64, atNs + BigInt(ms) * 1_000_000n)),
    attributes: pairs({
      ...own,
      'thread.id': { stringValue: 'c1' },
      'turn.id': { stringValue: 'turn-1' },
      call_id: { stringValue: 'call' },
      'codex.tool.phase': { stringValue: 'dispatch' },
    }),
  }))

const number = fc.oneof(fc.double(), fc.constantFrom(1.7e308, -1, 0, 12))
const asDouble = number.map((value) => (Number.isFinite(value) ? value : String(value)))
const histogram = fc.record({
  count: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map(String),
  sum: asDouble,
  min: asDouble,
  max: asDouble,
})
const metric = fc.oneof(
  fc
    .tuple(
      fc.constantFrom('codex.turn.ttft.duration_ms', 'codex.turn.e2e_duration_ms', 'codex.shell_snapshot'),
      histogram,
    )
    .map(([name, point]) => ({
      name,
      histogram: { aggregationTemporality: 1, dataPoints: [{ timeUnixNano: String(atNs), ...point }] },
    })),
  asDouble.map((value) => ({
    name: 'codex.websocket.request',
    sum: {
      aggregationTemporality: 1,
      isMonotonic: true,
      dataPoints: [{ timeUnixNano: String(atNs), asDouble: value }],
    },
  })),
)

const counts: Readonly<Record<string, readonly string[]>> = {
  api_call: ['input_tokens', 'cached_tokens', 'cache_write_tokens', 'output_tokens', 'reasoning_tokens', 'ttft_ms'],
  api_attempt: ['attempt', 'status_code', 'duration_ms'],
  tool_call: ['duration_ms', 'run_ms'],
  prompt: ['length'],
  turn_span: ['total_tokens'],
  genai_call: ['input_tokens', 'cached_tokens', 'output_tokens', 'reasoning_tokens', 'ttft_ms'],
}

const rules = [
  { kind: 'budget', measure: 'tokens', per: 'day', limit: 1 },
  { kind: 'budget', measure: 'usd', per: 'month', limit: 0.01 },
  { kind: 'burn-rate', measure: 'tokens', limit: 1, overMinutes: 5 },
  { kind: 'session-duration', minutes: 1 },
  { kind: 'approval-wait', minutes: 1 },
] as const

test('whatever values stand in whatever fields, facts are within bounds, and sessions, panels and alerts answer', () =>
  fc.assert(
    fc.asyncProperty(
      fc.array(log, { maxLength: 8 }),
      fc.array(span, { maxLength: 4 }),
      fc.array(metric, { maxLength: 3 }),
      (logs, spans, metrics) =>
        withPanels(
          [
            jsonBody('logs', logRequest(...logs)),
            jsonBody('traces', spanRequest(...spans)),
            jsonBody('metrics', { resourceMetrics: [{ scopeMetrics: [{ metrics }] }] }),
          ],
          (store) => {
            for (const [table, columns] of Object.entries(counts))
              for (const column of columns)
                expect(
                  store.db
                    .prepare(
                      `SELECT ${column} FROM ${table} WHERE ${column} IS NOT NULL
                     AND NOT (typeof(${column}) = 'integer' AND ${column} BETWEEN 0 AND ${largestCount})`,
                    )
                    .all(),
                ).toEqual([])
            const range = { fromMs: 1_789_999_000_000, toMs: 1_790_003_600_000 }
            store.shares()
            store.all(range)
            store.sumUp()
            store.all(range)
            for (const { id, tokens: sums } of store.reader['session.list']({ helpers: true, limit: 50, offset: 0 })
              .sessions) {
              for (const sum of Object.values(sums)) expect(Number.isSafeInteger(sum) && sum >= 0).toBe(true)
              store.reader['session.tree']({ id })
              store.reader['session.turns']({ id })
              store.reader['session.ledger']({ id })
            }
            for (const rule of rules)
              for (const { value, words } of breachesOf(store.db, rule, Number(atNs / 1_000_000n) + 1000)) {
                expect(Number.isFinite(value)).toBe(true)
                expect(words).not.toMatch(/Infinity|NaN|-\d/)
              }
            store.reader['health.names']({})
          },
        ),
    ),
    { numRuns: 30 },
  ))
