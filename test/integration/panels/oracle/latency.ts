import type { Known } from './known.ts'
import { ofModel, ofSessions, type Answer } from './known.ts'
import type { Point } from './records.ts'
import { among, average, buckets, percentile, sum, wholeMs, within, type Question, type Row } from './question.ts'

const minuteNs = 60_000_000_000n

/** What Codex sums up itself, kept by the minute. A point names no session, only what its labels say. */
export function pointsOf(known: Known, question: Question, name: string): Point[] {
  const { filters } = question
  return known.points.flatMap((sent) => {
    const point = { ...sent, atNs: sent.atNs - (sent.atNs % minuteNs) }
    const counts =
      point.name === name &&
      within(question, point.atNs) &&
      among(filters.model, point.attributes['model'] ?? '') &&
      among(filters.originator, point.attributes['originator'] ?? '') &&
      among(filters.appVersion, point.attributes['app.version'] ?? '')
    return counts ? [point] : []
  })
}

function averages(known: Known, question: Question, name: string, only = (_: Point): boolean => true): Row[] {
  return buckets(question, pointsOf(known, question, name).filter(only), ({ atNs }) => atNs).map(([atMs, of]) => ({
    atMs,
    average: sum(of, (point) => point.sum) / sum(of, (point) => point.count),
  }))
}

function spread(question: Question, facts: readonly { atNs: bigint; ms: number }[]): Row[] {
  return buckets(question, facts, ({ atNs }) => atNs).map(([atMs, of]) => {
    const ms = of.map((one) => one.ms)
    return { atMs, p50: percentile(ms, 50), p95: percentile(ms, 95) }
  })
}

/** Names under which Codex runs a command in a shell. */
const shells = new Set(['exec_command', 'shell', 'shell_command', 'local_shell', 'container.exec'])

export const latency: Readonly<Record<string, Answer>> = {
  ttft: (known, question) => {
    const told = ofModel(known.calls, question).filter(({ ttftMs }) => ttftMs !== null)
    if (told.length === 0)
      return averages(known, question, 'codex.turn.ttft.duration_ms').map((row) => ({ ...row, p95: null }))
    return buckets(question, told, ({ atNs }) => atNs).map(([atMs, of]) => {
      const ms = of.map(({ ttftMs }) => ttftMs ?? NaN)
      return { atMs, average: average(ms), p95: percentile(ms, 95) }
    })
  },
  ttfm: (known, question) => averages(known, question, 'codex.turn.ttfm.duration_ms'),
  'mcp-servers': (known, question) => {
    const steps = {
      discovery: 'codex.mcp.protocol_discovery.duration_ms',
      fetch: 'codex.mcp.tools.fetch_uncached.duration_ms',
      list: 'codex.mcp.tools.list.duration_ms',
    }
    const rows = new Map<unknown, Record<string, number | string | null>>()
    for (const [step, name] of Object.entries(steps))
      for (const { atMs, average: ms } of averages(known, question, name))
        rows.set(atMs, {
          ...(rows.get(atMs) ?? { atMs: Number(atMs), discovery: null, fetch: null, list: null }),
          [step]: Number(ms),
        })
    return [...rows.values()]
  },
  'ws-event-duration': (known, question) => averages(known, question, 'codex.websocket.event.duration_ms'),
  'startup-prewarm': (known, question) => averages(known, question, 'codex.startup_prewarm.duration_ms'),
  'shell-snapshot': (known, question) =>
    averages(known, question, 'codex.shell_snapshot.duration_ms', ({ attributes }) => 'success' in attributes),
  'api-call-duration': ({ calls }, question) =>
    spread(
      question,
      ofModel(calls, question).flatMap(({ atNs, durationMs: ms }) => (ms === null ? [] : [{ atNs, ms }])),
    ),
  'command-duration': ({ tools }, question) =>
    spread(
      question,
      ofSessions(tools, question)
        .filter(({ name }) => shells.has(name))
        .map(({ atNs, ranMs: ms }) => ({ atNs, ms })),
    ),
  'turn-duration': (known, question) => {
    const turns = new Map(
      buckets(
        question,
        ofSessions(known.turns, question).filter(({ ended }) => ended),
        ({ atNs }) => atNs,
      ),
    )
    const metric = new Map(
      averages(known, question, 'codex.turn.e2e_duration_ms').map((row) => [Number(row['atMs']), row['average']]),
    )
    return [...new Set([...turns.keys(), ...metric.keys()])].map((atMs) => {
      const ms = (turns.get(atMs) ?? []).map(({ atNs, endNs }) => wholeMs(atNs, endNs))
      return { atMs, average: average(ms), p95: percentile(ms, 95), metric: metric.get(atMs) ?? null }
    })
  },
}
