import type { RawSpanRow, RowDetails, TreeResult } from '../../../src/contract/tree.ts'
import type { PartKind, RowKind, RowPart, RowStatus, TreeRow } from '../../../src/model/tree/row.ts'

export const sessionId = '01a1f848-7125-7c30-9d1e-5a1be0c91d93'
export const startMs = new Date(2026, 10, 20, 14, 2, 11, 340).getTime()
export const wallMs = 664_213

/** Shares of the bar, one after the other. */
type Shares = readonly (readonly [PartKind, number])[]

const order: { row: TreeRow; level: number }[] = []

function row(
  level: number,
  kind: RowKind,
  label: string,
  detail: string,
  spanCount: number,
  at: number,
  length: number | null,
  shares: Shares = [],
  extra: { status?: RowStatus; note?: string; failures?: number; atMost?: boolean } = {},
): void {
  const parent = order.findLast((other) => other.level === level - 1)
  const from = startMs + (at / 100) * wallMs
  const whole = ((length ?? 0) / 100) * wallMs
  let used = 0
  const parts = shares.map(([part, share]): RowPart => {
    const durationMs = (share / 100) * whole
    used += durationMs
    return { kind: part, startMs: from + used - durationMs, durationMs }
  })
  const id = `${kind}-${order.length}`
  order.push({
    level,
    row: {
      id,
      parentId: parent?.row.id ?? null,
      kind,
      label,
      detail,
      startMs: from,
      durationMs: length === null ? null : whole,
      atMost: extra.atMost ?? false,
      untimed: false,
      status: extra.status ?? (length === null ? 'open' : 'ok'),
      spanCount,
      failures: extra.failures ?? 0,
      parts,
      note: extra.note ?? '',
      sessionId,
      turnId: null,
      callId: kind === 'tool_call' ? `call_9Xb2_12_${order.length}` : null,
    },
  })
}

const model = (wait: number): Shares => [
  ['model_wait', wait],
  ['model_stream', 100 - wait],
]
const ran: Shares = [['tool_run', 100]]
const cut: { status: RowStatus; note: string } = { status: 'error', note: '2 retries' }

row(0, 'session_loop', 'session_loop', 'codex-tui, still open when it stopped', 121, 0, null)
row(1, 'turn', 'turn 1', 'The cart total ignores quantities. Fix it and run the tests.', 47, 0, 27)
row(2, 'api_call', 'api_call', 'gpt-5.5 · 9.1k in, 70 % cached', 61, 0, 4.2, model(62))
row(2, 'tool_call', 'exec_command', 'cat cart.mjs cart.test.mjs', 31, 4.3, 0.06, ran)
row(2, 'api_call', 'api_call', '9.6k in, 94 % cached', 58, 5.1, 3.1, model(40))
row(
  2,
  'api_call',
  'api_call',
  '429 rate limit, then 500',
  44,
  8.3,
  3.4,
  [
    ['retry', 35],
    ['idle', 25],
    ['model_stream', 40],
  ],
  cut,
)
row(
  2,
  'tool_call',
  'apply_patch',
  'cart.mjs +1 −1',
  29,
  11.8,
  2.6,
  [
    ['wait_user', 86],
    ['tool_run', 14],
  ],
  { note: 'waited 15.1 s for you' },
)
row(2, 'api_call', 'api_call', '9.9k in, 96 % cached', 72, 14.5, 9.8, model(22), { failures: 2 })
row(1, 'turn', 'turn 2', 'Now run everything.', 40, 33.5, 54)
row(2, 'api_call', 'api_call', '10.3k in, 95 % cached', 66, 33.5, 3, model(70))
row(
  2,
  'tool_call',
  'exec_command',
  'npm test -- --run',
  38,
  36.6,
  31.8,
  [
    ['tool_queue', 1],
    ['wait_user', 76],
    ['tool_run', 23],
  ],
  {
    status: 'error',
    note: 'exit 1',
  },
)
row(2, 'tool_call', 'spawn_agent', 'check the API', 5, 40.2, 22.5)
row(3, 'session_loop', 'session_loop', 'helper, gpt-5.5-mini', 68, 40.4, 22.2)
row(4, 'api_call', 'api_call', '5.0k in, 20 % cached', 55, 40.6, 7.5, model(55))
row(4, 'tool_call', 'exec_command', 'curl localhost:8080/health', 33, 48.2, 9.6, ran)
row(4, 'api_call', 'api_call', '5.2k in, 94 % cached', 51, 58, 4.4, model(30))
row(2, 'api_call', 'api_call', '11.2k in, 97 % cached', 64, 68.5, 5.5, model(35))
row(2, 'tool_call', 'mcp docs · search', '“vitest run flags”', 27, 74.2, 2.2, ran)
row(2, 'compaction', 'compaction', '212k to 11k tokens', 12, 76.5, 3, model(80))
row(2, 'api_call', 'api_call', '12.0k in, 97 % cached', 83, 80, 7.4, model(18))
row(1, 'turn', 'turn 3', 'Commit it, please.', 388, 92, 8)

export const rows: readonly TreeRow[] = order.map((entry) => entry.row)

export const tree: TreeResult = {
  rows: [...rows],
  spanCount: rows.reduce((sum, { spanCount }) => sum + spanCount, 0),
  startMs,
  endMs: startMs + wallMs,
}

const names = [
  'handle_responses',
  'stream_request',
  'response.output_item.done',
  'run_sampling_request',
  'try_run_turn',
]

/** As many spans as the row says it stands for, nested three deep. */
export function rawSpans(of: TreeRow): RawSpanRow[] {
  const length = of.durationMs ?? wallMs
  return Array.from({ length: of.spanCount }, (_, index) => ({
    traceId: '0af7651916cd43dd8448eb211c80319c',
    spanId: `${order.findIndex((entry) => entry.row === of)}-${index}`.padStart(16, '0'),
    parentSpanId: null,
    depth: Math.min(index, index % 3),
    name: names[index % names.length] ?? '',
    startMs: of.startMs + (length * index) / (of.spanCount + 3),
    durationMs: length / (1 + (index % 3) * 3),
    error: false,
  }))
}

const output = [
  ' FAIL  cart.test.mjs > total counts every item of a line',
  'AssertionError: expected 10 to be 5',
  '    at cart.test.mjs:14:23',
  '',
  ' Tests  1 failed | 41 passed (42)',
  'Process exited with code 1',
].join('\n')

const log = (offsetMs: number, event: string, summary: string): RowDetails['logs'][number] => ({
  timeMs: startMs + offsetMs,
  event,
  summary,
  severity: 'INFO',
  raw: {
    observedTimeUnixNano: '1795179131340000000',
    attributes: [{ key: 'event.name', value: { stringValue: event } }],
  },
})

export function details(of: TreeRow): RowDetails {
  const tool = of.kind === 'tool_call'
  return {
    row: of,
    fields: [
      { name: 'outcome', value: of.status === 'error' ? 'ran, exit 1' : 'ok' },
      ...(tool ? [{ name: 'decision', value: 'approved · user' }] : []),
      { name: 'sandbox', value: 'workspace-write' },
      { name: 'call_id', value: of.callId ?? 'none' },
      { name: 'conversation.id', value: sessionId },
      { name: 'turn.id', value: '01a1f848-713a-7e12-8f10-6b0d5a52be07' },
      { name: 'span', value: '5be1c20a9d41f7e3' },
    ],
    arguments: tool
      ? JSON.stringify({ cmd: 'npm test -- --run', workdir: '/home/ada/shop', yield_time_ms: 20_000 })
      : null,
    output: tool ? output : null,
    prompt: of.kind === 'turn' ? of.detail : null,
    logs: [
      log(244_000, 'codex.tool_decision', 'exec_command approved by the user'),
      log(455_100, 'codex.tool_result', 'exec_command, 3 m 31 s, 2 KiB of output'),
    ],
    span: of.durationMs === null ? null : span('5be1c20a9d41f7e3', of.label),
  }
}

export function span(spanId: string, name: string): unknown {
  return {
    resource: { attributes: [{ key: 'service.name', value: { stringValue: 'codex-tui' } }] },
    scope: { name: 'codex-tui' },
    record: {
      traceId: '0af7651916cd43dd8448eb211c80319c',
      spanId,
      name,
      startTimeUnixNano: '1795179131340123456',
      endTimeUnixNano: '1795179131840123456',
      attributes: [
        { key: 'code.lineno', value: { intValue: '214' } },
        { key: 'gen_ai.request.model', value: { stringValue: 'gpt-5.5' } },
        { key: 'busy', value: { boolValue: true } },
      ],
      events: [
        {
          timeUnixNano: '1795179131440123456',
          name: 'first byte',
          attributes: [{ key: 'bytes', value: { intValue: '512' } }],
        },
      ],
      status: {},
    },
  }
}
