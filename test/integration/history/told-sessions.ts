import type { Db } from '../../../src/engine/store/database.ts'
import type { TrueThread } from '../../rollouts.ts'

/** What the store says of one session, as far as the truth of a run can be held against it. */
export interface ToldSession {
  readonly id: string
  readonly kind: string
  readonly parent: string | null
  readonly totals: Readonly<Record<string, number>>
  readonly turns: readonly string[]
  /** Lengths of what a person asked. */
  readonly prompts: readonly number[]
  readonly tools: readonly string[]
  /** The turn of each answer of the model. */
  readonly calls: readonly string[]
}

const stateNames: Readonly<Record<string, string>> = { done: 'completed', open: 'unfinished' }

export function toldSessions(db: Db): ToldSession[] {
  const sessions = db.prepare<[], { id: string; kind: string; parent: string | null }>(
    "SELECT id, kind, parent_id AS parent FROM session WHERE kind <> 'app'",
  )
  return sessions
    .all()
    .map(({ id, kind, parent }) => {
      const list = <T>(sql: string): T[] => db.prepare<[string], T>(sql).pluck().all(id)
      const turns = db.prepare<[string], { id: string | null; state: string }>(
        'SELECT turn_id AS id, state FROM turn WHERE session_id = ?',
      )
      const totals = db.prepare<[string], Record<string, number>>(
        `SELECT api_calls AS calls, input_tokens AS input, cached_tokens AS cached, cache_write_tokens AS cache_write,
           output_tokens AS output, reasoning_tokens AS reasoning FROM session WHERE id = ?`,
      )
      return {
        ...{ id, kind, parent, totals: totals.get(id) ?? {} },
        turns: turns
          .all(id)
          .map((turn) => `${turn.id ?? '?'} ${stateNames[turn.state] ?? turn.state}`)
          .sort(),
        prompts: kind === 'user' ? list<number>('SELECT length FROM prompt WHERE session_id = ? ORDER BY length') : [],
        tools: list<string>('SELECT call_id FROM tool_call WHERE session_id = ? ORDER BY call_id'),
        calls: list<string>(
          "SELECT coalesce(turn_id, '?') FROM api_call WHERE session_id = ? AND status = 'completed' ORDER BY turn_id",
        ),
      }
    })
    .sort(byId)
}

export function trueSessions(threads: readonly TrueThread[]): ToldSession[] {
  return threads
    .map(({ id, kind, parent, totals, turns, prompts, tools, calls: answers }) => {
      const { calls, input, cached, cache_write, output, reasoning } = totals
      return {
        ...{ id, kind, parent, totals: { calls, input, cached, cache_write, output, reasoning } },
        turns: turns.map((turn) => `${turn.id} ${turn.state}`).sort(),
        prompts: kind === 'user' ? prompts.map(({ text }) => text.length).sort((a, b) => a - b) : [],
        tools: tools.map(({ call_id }) => call_id).sort(),
        calls: answers.map(({ turn }) => turn).sort(),
      }
    })
    .sort(byId)
}

function byId(a: { id: string }, b: { id: string }): number {
  return a.id < b.id ? -1 : 1
}
