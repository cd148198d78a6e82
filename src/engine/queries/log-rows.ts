import type { TreeRow } from '../../model/tree/row.ts'

export interface LogPlace {
  readonly timeMs: number
  readonly sessionId: string
  readonly event: string
  /** The call that the record names, where it is one of a tool. */
  readonly callId: string | null
}

/** A log's row: the call that it names, the turn of a prompt, the model call under way, else the session. */
export function rowsByLog(rows: readonly TreeRow[]): (log: LogPlace) => number {
  const calls = new Map<string, number>()
  const spans = new Map<string, Timed>()
  const roots = new Map<string, number>()
  rows.forEach((row, index) => {
    if (row.callId !== null) calls.set(`${row.sessionId}\n${row.callId}`, index)
    if (row.kind === 'session_loop') roots.set(row.sessionId, index)
    if (row.kind !== 'api_call' && row.kind !== 'turn') return
    const key = `${row.sessionId}\n${row.kind}`
    const timed = spans.get(key) ?? { rows: [], starts: [], reach: [] }
    spans.set(key, timed)
    add(timed, row, index)
  })
  return ({ timeMs, sessionId, event, callId }) => {
    const called = event.startsWith('codex.tool_') && callId !== null ? calls.get(`${sessionId}\n${callId}`) : undefined
    if (called !== undefined) return called
    const model =
      event === 'codex.user_prompt' ? undefined : lastAround(rows, spans.get(`${sessionId}\napi_call`), timeMs)
    return model ?? lastAround(rows, spans.get(`${sessionId}\nturn`), timeMs) ?? roots.get(sessionId) ?? 0
  }
}

/** Rows of one kind in display order, for each the earliest start from there on, and the latest end up to there. */
interface Timed {
  readonly rows: number[]
  readonly starts: number[]
  readonly reach: number[]
}

const endOf = ({ startMs, durationMs }: TreeRow): number => startMs + (durationMs ?? Infinity) + slackAfterMs

/** A record's time and the bounds of a span are readings of two clocks; a response is logged when its span has ended. */
const slackBeforeMs = 1
const slackAfterMs = 5

function add({ rows, starts, reach }: Timed, row: TreeRow, index: number): void {
  rows.push(index)
  reach.push(Math.max(reach.at(-1) ?? -Infinity, endOf(row)))
  starts.push(row.startMs)
  // Rows mostly come by start; where one does not, those before it count from there.
  for (let at = starts.length - 2; at >= 0 && (starts[at] ?? 0) > row.startMs; at--) starts[at] = row.startMs
}

/** The last row under way at a time: those before the first later one, back to where none reaches that far. */
function lastAround(rows: readonly TreeRow[], timed: Timed | undefined, timeMs: number): number | undefined {
  if (timed === undefined) return undefined
  let low = 0
  let high = timed.starts.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((timed.starts[middle] ?? 0) <= timeMs + slackBeforeMs) low = middle + 1
    else high = middle
  }
  for (let at = low - 1; at >= 0 && (timed.reach[at] ?? 0) >= timeMs; at--) {
    const row = rows[timed.rows[at] ?? 0]
    if (row !== undefined && row.startMs <= timeMs + slackBeforeMs && timeMs <= endOf(row)) return timed.rows[at]
  }
  return undefined
}
