/** Statements to begin with. docs/sql-views.md explains the first three. */
export const examples: readonly { readonly name: string; readonly sql: string }[] = [
  {
    name: 'Cost and tokens by day and model',
    sql: `SELECT date(at) AS day, model, count(*) AS responses,
  sum(input_tokens) AS input, sum(cached_tokens) AS cached, sum(output_tokens) AS output,
  round(sum(cost_usd), 4) AS cost_usd
FROM api_calls
WHERE status = 'completed'
GROUP BY day, model
ORDER BY day DESC, cost_usd DESC`,
  },
  {
    name: 'Slowest commands, with the session that ran them',
    sql: `SELECT sessions.title, tool_calls.tool, tool_calls.summary, tool_calls.run_ms, tool_calls.exit_code, tool_calls.ended
FROM tool_calls JOIN sessions ON sessions.id = tool_calls.session_id
WHERE tool_calls.role = 'call'
ORDER BY tool_calls.run_ms DESC
LIMIT 50`,
  },
  {
    name: 'Where the time of turns goes',
    sql: `SELECT share, round(sum(ms) / 1000, 1) AS seconds, round(100.0 * sum(ms) / sum(sum(ms)) OVER (), 1) AS percent
FROM turn_shares
GROUP BY share
ORDER BY seconds DESC`,
  },
  {
    name: 'Who approved what',
    sql: `SELECT tool, source, decision, count(*) AS times
FROM decisions
GROUP BY tool, source, decision
ORDER BY times DESC`,
  },
]
