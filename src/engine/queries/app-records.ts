import type { Attributes } from '../../model/attributes.ts'
import { isBeside, namesCall } from '../../model/genai/beside.ts'
import { keyOf } from '../../model/genai/requests.ts'
import { filledUp, saidIn, type Said } from '../../model/genai/said.ts'
import type { AppCall, AppSession, AppStep } from '../../model/genai/session.ts'
import type { Speaker } from '../../model/genai/speech.ts'
import { markOfLog } from '../../model/genai/tell-event.ts'
import type { Db } from '../store/database.ts'
import { spansFor } from './app-spans.ts'
import type { RecordReader } from './records.ts'
import { attributesOf, mostLogs, mostRead, recordOf, rowLog, type RowLog } from './row-log.ts'
import type { LoadedTree } from './session-tree.ts'
import { speechOfLog, speechesOfSpan } from './speeches.ts'

/** A log may be written some time after what it tells of, and by another clock. */
const slackMs = 1000

export interface AppItem {
  readonly sessionId: string
  readonly app: AppSession
  readonly item: AppCall | AppStep
  /** Of its row; null for a prompt and the agent that a turn is of, whose rows stand for much else. */
  readonly index: number | null
}

interface FoundLog {
  readonly timeMs: number
  readonly timeNs: string
  readonly severity: number
  readonly name: string
  readonly body: number
  readonly at: number
}

/** The logs that tell of a call or step, and what all of its records together say. */
export function appRecords(
  db: Db,
  records: RecordReader,
  loaded: LoadedTree,
  { sessionId, app, item, index }: AppItem,
): { readonly logs: RowLog[]; readonly said: Said } {
  const keys = keysOf(item)
  const isOwn = ownLogs(loaded, app, item, keys)
  const logs = logsAround(db, loaded, sessionId, item, keys).flatMap((found): RowLog[] => {
    const whole = records.log(found.body, found.at)
    return isOwn(found, attributesOf(whole), recordOf(whole)) ? [rowLog(found, whole)] : []
  })
  const spans = spansFor(db, records, loaded)
  const own = spans.named(keys)
  const others = new Set([...app.calls, ...app.steps].flatMap((other) => (other === item ? [] : keysOf(other))))
  const around = logs
    .map(({ raw }) => recordOf(raw))
    .filter(({ traceId, spanId }) => !others.has(`${traceId}/${spanId}`))
  const far = [...(index === null ? [] : spans.folded(index)), ...around.flatMap((log) => spans.around(log, item))]
  const of = speakerOf(item)
  const near = [...own.flatMap(speechesOfSpan), ...logs.map(speechOfLog)]
  return {
    logs: logs.slice(0, mostLogs),
    said: filledUp(saidIn(near, of), saidIn(far.flatMap(speechesOfSpan), of)),
  }
}

function speakerOf(item: AppCall | AppStep): Speaker {
  return 'kind' in item ? item.kind : 'call'
}

/** Of all records that tell of it, as trace/span. */
function keysOf(item: AppCall | AppStep): string[] {
  return [keyOf(item), ...(JSON.parse(item.records) as string[])]
}

type IsOwn = (log: FoundLog, attributes: Attributes, record: { traceId?: string; spanId?: string }) => boolean

function ownLogs({ facts }: LoadedTree, app: AppSession, item: AppCall | AppStep, keys: readonly string[]): IsOwn {
  const inSpan = new Set(keys)
  const speaker = speakerOf(item)
  return ({ name, timeNs, timeMs }, attributes, { traceId, spanId }) => {
    const mark = ` ${markOfLog(name, timeNs, attributes)}`
    if (keys.some((key) => key.endsWith(mark))) return true
    // All that an interaction does is written in its span.
    if (speaker === 'prompt') return false
    if (inSpan.has(`${traceId ?? ''}/${spanId ?? ''}`)) return true
    if ('kind' in item) return item.kind === 'tool' && namesCall(item.callId, attributes)
    return isBeside(item, app.calls, (timeMs - facts.baseMs) * 1e6, attributes)
  }
}

function logsAround(
  db: Db,
  { facts: { baseMs } }: LoadedTree,
  sessionId: string,
  item: AppCall | AppStep,
  keys: readonly string[],
): FoundLog[] {
  const toMs = (at: number): number => baseMs + at / 1e6
  const end = speakerOf(item) === 'prompt' ? item.start : item.end
  // Before its session was known, a record was kept with its trace.
  const places = [sessionId, ...keys.map((key) => key.split('/')[0] ?? '')].filter((id) => id !== '')
  return db
    .prepare<object, FoundLog>(
      `SELECT time_ns / 1e6 AS timeMs, CAST(time_ns AS TEXT) AS timeNs, severity, name.text AS name, body, at
       FROM log JOIN name ON name.id = log.name
       WHERE conversation IN (SELECT key FROM conversation WHERE id IN (SELECT value FROM json_each(@places)))
         AND time_ns >= CAST(@from * 1e6 AS INTEGER) AND time_ns <= CAST(@until * 1e6 AS INTEGER)
       ORDER BY time_ns, log.id LIMIT ${mostRead}`,
    )
    .all({
      places: JSON.stringify([...new Set(places)]),
      from: toMs(item.start) - slackMs,
      until: Math.min(toMs(end) + slackMs, 9.2e12),
    })
}
