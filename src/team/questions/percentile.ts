import type { ParsedParams, Value } from '../../contract/index.ts'
import type { TeamReader } from '../connection.ts'

const current = '(session_id, revision) IN (SELECT id, revision FROM colophon_sessions FINAL)'

/** Of which rows a call is one; the same as home's triggers add up in `duration_history`. */
const calls = {
  tool: `SELECT run_ms AS ms FROM colophon_tool_calls FINAL WHERE history = {name:String} AND run_ms IS NOT NULL AND ${current}`,
  model: `SELECT intDiv(duration_ns + 500000, 1000000) AS ms FROM colophon_api_calls FINAL
    WHERE model = {name:String} AND duration_ns IS NOT NULL AND status = 'completed' AND ${current}`,
}

/** Among all calls of the team, which nobody wants to fetch for that. */
export async function percentile(
  facts: TeamReader,
  { kind, name, durationMs }: ParsedParams<'call.percentile'>,
): Promise<Value<'call.percentile'>> {
  const [found] = await facts.rows<{ count: string; less: string }>(
    `SELECT toString(count()) AS count, toString(countIf(ms < {ms:Int64})) AS less FROM (${calls[kind]})`,
    { name, ms: Math.round(durationMs) },
  )
  const [count, less] = [Number(found?.count ?? 0), Number(found?.less ?? 0)]
  return { count, percentile: count === 0 ? null : (100 * less) / count }
}
