import { signal, type Signal } from '../../model/signal.ts'
import { decompress } from './compression.ts'
import type { Db } from './database.ts'
import { signalNumbers, type Ingester } from './ingest.ts'

/** Everything that is derived from bodies. */
const derived = [
  ...['span', 'span_link', 'trace_conversation', 'log', 'metric_point', 'metric_minute', 'metric_series'],
  ...['session_start', 'session_span', 'prompt', 'turn_span', 'turn_request', 'turn_mention', 'turn', 'api_call'],
  ...['api_attempt', 'tool_call', 'decision', 'sampling', 'model_round', 'compaction', 'compaction_reason', 'spawn'],
  ...['review', 'code_cell', 'code_callback', 'session', 'unsettled', 'turn_share', 'unshared'],
  ...['genai_call', 'genai_step'],
]

interface BodyRow {
  id: number
  signal: number
  codec: number
  bytes: Buffer
}

/** Derives all facts anew in steps, between which bodies are stored as ever; a crash only delays the rest. */
export interface Rebuild {
  /** Takes away everything that is derived. */
  begin(): void
  /** Works for about `budgetMs` in one transaction; true when nothing is left, or nothing was begun. */
  step(budgetMs: number): boolean
}

/** Kept in the database until the last step: the bodies in (after, last] are to be done. */
interface Mark {
  readonly after: number
  readonly last: number
  readonly samples: readonly string[]
}

const markKey = 'rebuild.running'

export function rebuildInSteps(db: Db, ingest: Ingester): Rebuild {
  const signals = new Map<number, Signal>(signal.options.map((name) => [signalNumbers[name], name]))
  const next = db.prepare<[number, number], BodyRow>(
    'SELECT id, signal, codec, bytes FROM body WHERE id > ? AND id <= ? ORDER BY id LIMIT 1',
  )
  const readMark = db.prepare<[string], string>('SELECT value FROM setting WHERE key = ?').pluck()
  const writeMark = db.prepare(
    'INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value',
  )
  const removeMark = db.prepare('DELETE FROM setting WHERE key = ?')

  function begin(): void {
    const samples = db.prepare<[], string>('SELECT id FROM session WHERE sample = 1').pluck().all()
    for (const table of derived) db.prepare(`DELETE FROM ${table}`).run()
    const last = db.prepare<[], number | null>('SELECT max(id) FROM body').pluck().get() ?? 0
    writeMark.run(markKey, JSON.stringify({ after: 0, last, samples } satisfies Mark))
  }

  function step(budgetMs: number): boolean {
    const text = readMark.get(markKey)
    if (text === undefined) return true
    const { last, samples, after } = JSON.parse(text) as Mark
    const until = performance.now() + budgetMs
    let done = after
    let body = next.get(done, last)
    while (body !== undefined && performance.now() < until) {
      const of = signals.get(body.signal)
      if (of !== undefined) ingest.reindex(of, body.id, decompress(body.codec, body.bytes))
      done = body.id
      body = next.get(done, last)
    }
    if (body !== undefined) {
      writeMark.run(markKey, JSON.stringify({ after: done, last, samples } satisfies Mark))
      return false
    }
    const mark = db.prepare('UPDATE session SET sample = 1 WHERE id = ?')
    for (const id of samples) mark.run(id)
    removeMark.run(markKey)
    return true
  }

  const whole = <A extends unknown[], R>(run: (...args: A) => R) => {
    const transaction = db.transaction(run)
    return (...args: A): R => {
      try {
        return transaction.immediate(...args)
      } catch (error) {
        // What was rolled back may have given ids to names.
        ingest.forget()
        throw error
      }
    }
  }
  return { begin: whole(begin), step: whole(step) }
}
