import { expect, test } from 'vitest'
import { breachesOf } from '../../../src/engine/alerts/breaches.ts'
import { withPanels } from '../panels/panels-under-test.ts'
import { jsonBody, logRequest, promptOf, spanRequest, texts, turnSpan } from './requests.ts'

const startNs = 1_790_000_000_000_000_000n
const secondNs = 1_000_000_000n
const at = (seconds: number): string => String(startNs + BigInt(seconds) * secondNs)
/** The laptop was closed at 22:00 and opened in the morning: 479 minutes by the wall's clock, 4.2 s by its own. */
const endS = 479 * 60

const call = { 'conversation.id': 'c1', call_id: 'call', tool_name: 'exec_command' }
const bodies = [
  promptOf('c1', startNs),
  jsonBody(
    'traces',
    spanRequest(
      turnSpan('c1', {
        startTimeUnixNano: at(0),
        endTimeUnixNano: at(endS + 2),
        attributes: texts({ 'thread.id': 'c1', 'turn.id': 'turn-1', 'codex.turn.token_usage.total_tokens': '9' }),
      }),
      turnSpan('c1', {
        name: 'exec_command',
        startTimeUnixNano: at(1),
        endTimeUnixNano: at(endS + 1),
        attributes: texts({ ...call, 'turn.id': 'turn-1', 'codex.tool.phase': 'dispatch' }),
      }),
    ),
  ),
  jsonBody(
    'logs',
    logRequest({
      observedTimeUnixNano: at(endS + 1),
      attributes: texts({ ...call, 'event.name': 'codex.tool_result', duration_ms: '4200', success: 'true' }),
    }),
  ),
]

test('a call during which the machine slept took its own time in every view, and the sleep is told', () =>
  withPanels(bodies, (store) => {
    const { reader, db } = store
    const awayMs = endS * 1000 - 4200
    const row = reader['session.tree']({ id: 'c1' }).rows.find(({ kind }) => kind === 'tool_call')
    expect(row?.note).toContain('the machine was away for 7 h 59 m')
    expect(row?.parts.map(({ kind, durationMs }) => [kind, durationMs])).toEqual([
      ['tool_run', 4200],
      ['away', awayMs],
    ])

    const ledger = reader['session.ledger']({ id: 'c1' })
    const share = (kind: string): number | null | undefined => ledger.shares.find((one) => one.kind === kind)?.ms
    expect([share('tool_run'), share('away')]).toEqual([4200, awayMs])
    expect(ledger.shares.reduce((sum, { ms }) => sum + (ms ?? 0), 0)).toBeCloseTo(ledger.wallMs, 6)

    const [turn] = reader['session.turns']({ id: 'c1' }).turns
    expect(turn?.durationMs).toBe(2000 + 4200)
    expect(turn?.entries.find(({ kind }) => kind === 'tool_call')?.durationMs).toBe(4200)

    expect(db.prepare('SELECT duration_ms, run_ms FROM tool_call').get()).toEqual({ duration_ms: 4200, run_ms: 4200 })
    const range = { fromMs: 1_789_999_200_000, toMs: 1_790_100_000_000 }
    store.shares()
    expect(store.run('turn-duration', range)).toMatchObject([{ p95: 6200 }])
    expect(store.run('wait-share', range)).toMatchObject([{ toolRun: 4200, away: awayMs }])
    const nowMs = Number(startNs / 1_000_000n) + endS * 1000
    expect(breachesOf(db, { kind: 'session-duration', minutes: 5 }, nowMs)).toEqual([])
  }))

/** Asked at 3 s, the laptop closed with the question open; opened and approved in the morning, 4 s after which the command ended. */
const approved = [
  ...bodies.slice(0, 2),
  jsonBody(
    'logs',
    logRequest(
      {
        observedTimeUnixNano: at(endS - 3),
        attributes: texts({ ...call, 'event.name': 'codex.tool_decision', decision: 'approved', source: 'User' }),
      },
      {
        observedTimeUnixNano: at(endS + 1),
        attributes: texts({ ...call, 'event.name': 'codex.tool_result', duration_ms: '14200', success: 'true' }),
      },
    ),
  ),
]

test('a sleep before an approval shortens the wait for it, and not what the command ran for', () =>
  withPanels(approved, ({ reader, db }) => {
    const [run] = reader['session.tree']({ id: 'c1' })
      .rows.filter(({ kind }) => kind === 'tool_call')
      .flatMap(({ parts }) => parts.filter(({ kind }) => kind === 'tool_run'))
    expect(run?.durationMs).toBe(4000)
    expect(db.prepare('SELECT duration_ms, run_ms FROM tool_call').get()).toEqual({ duration_ms: 14_200, run_ms: 4000 })
    const nowMs = Number(startNs / 1_000_000n) + (endS + 2) * 1000
    expect(breachesOf(db, { kind: 'approval-wait', minutes: 0.1 }, nowMs)).toHaveLength(1)
    expect(breachesOf(db, { kind: 'approval-wait', minutes: 0.2 }, nowMs)).toEqual([])
  }))
