import { groupNames, microseconds, rawPid, rounded, rowEvents, type TraceEvent } from '../../model/exchange/perfetto.ts'
import { assignLanes } from '../../model/exchange/lanes.ts'
import { sessionName } from '../../model/session/name.ts'
import { attributesToObject } from '../otlp/to-json.ts'
import { spanIdOf } from '../../model/block/session-block.ts'
import { bodyReader, groupReaders, messageAt } from './bodies.ts'
import type { SessionSource } from './session-source.ts'

/** The Trace Event Format, an event a line: folded rows first, then every raw span with its attributes. */
export function* perfettoTrace(source: SessionSource): Generator<string> {
  const { tree } = source.loaded
  const startMs = firstMoment(source)
  yield `{"displayTimeUnit":"ms","otherData":${JSON.stringify({ session: source.sessions[0].id, startedAt: new Date(startMs).toISOString() })},\n`
  let separator = '"traceEvents":[\n'
  for (const events of [
    rowEvents(tree.rows, source.sessions, { startMs, endMs: tree.endMs }),
    spanEvents(source, startMs),
  ]) {
    for (const event of events) {
      yield separator + JSON.stringify(event)
      separator = ',\n'
    }
  }
  yield '\n]}\n'
}

/** Spans of a process may begin before the first row of its session does. */
function firstMoment({ loaded }: SessionSource): number {
  const { facts, tree, spans } = loaded
  let first = tree.startMs - facts.baseMs
  tree.rowOfSpan.forEach((row, span) => {
    if (row >= 0) first = Math.min(first, (spans.start[span] ?? 0) / 1e6)
  })
  return facts.baseMs + first
}

function* spanEvents(source: SessionSource, startMs: number): Generator<TraceEvent> {
  const { db, loaded, sessions } = source
  const { spans, tree, facts } = loaded
  const offset = startMs - facts.baseMs
  const sessionOf = new Map(sessions.map(({ id }, i) => [id, i]))
  const traceOf = db.prepare<[number], Buffer>('SELECT trace_id FROM trace WHERE id = ?').pluck()
  const load = bodyReader(db)
  const { record } = groupReaders('traces')

  /** Where each span stands among those of its own session. */
  const position = new Int32Array(spans.count).fill(-1)

  for (const [i, session] of sessions.entries()) {
    const own = spansOf(i)
    if (own.length === 0) continue
    own.sort((a, b) => (spans.start[a] ?? 0) - (spans.start[b] ?? 0) || a - b)
    position.fill(-1)
    own.forEach((span, at) => (position[span] = at))
    const start = Float64Array.from(own, (span) => microseconds((spans.start[span] ?? 0) / 1e6 - offset))
    const end = Float64Array.from(own, (span) => microseconds((spans.end[span] ?? 0) / 1e6 - offset))
    const parent = Int32Array.from(own, (span) => position[spans.parent[span] ?? -1] ?? -1)
    const lanes = assignLanes({ start, end, parent })
    const pid = rawPid + i + 1
    yield* groupNames(pid, `raw spans of ${session.kind}: ${sessionName(session)}`, lanes)
    for (const [at, span] of own.entries()) {
      const ts = start[at] ?? 0
      const whole = record(messageAt(load(spans.body[span] ?? 0), spans.at[span] ?? 0))
      yield {
        name: typeof whole['name'] === 'string' ? whole['name'] : '',
        ph: 'X',
        cat: 'span',
        ...{ pid, tid: (lanes[at] ?? 0) + 1, ts, dur: rounded(Math.max(0, (end[at] ?? 0) - ts)) },
        args: {
          traceId: (traceOf.get(spans.trace[span] ?? 0) ?? Buffer.alloc(0)).toString('hex'),
          spanId: spanIdOf(spans.idHigh[span] ?? 0, spans.idLow[span] ?? 0),
          row: tree.rows[tree.rowOfSpan[span] ?? -1]?.label ?? '',
          ...attributesToObject(whole['attributes'] as Parameters<typeof attributesToObject>[0]),
        },
      }
      source.onRecord()
    }
  }

  function spansOf(session: number): Uint32Array {
    const own = new Uint32Array(spans.count)
    let count = 0
    tree.rowOfSpan.forEach((row, span) => {
      if (sessionOf.get(tree.rows[row]?.sessionId ?? '') === session) own[count++] = span
    })
    return own.slice(0, count)
  }
}
