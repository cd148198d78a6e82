/** What a filter does to panels that share a source, in the words of `excluded`. */
export const ofSessions = 'A model narrows this to sessions that used it.'
export const wholeSessions =
  'A session counts when it overlaps the range, and then with everything it did, even outside it.'
/** Of applications: a call's own span says whose it is, or nothing does. */
export const ownUser = 'A user narrows this to work whose own span or log names them.'
export const byMinute = 'Metrics are kept by the minute; a minute counts when it begins in the range.'
export const noSessions = `Metrics name no session: only the model, the originator and the app version narrow them. ${byMinute}`
export const wholeMs = 'Durations are whole milliseconds.'

/** The average of a histogram over time. Codex sends differences, so sums and counts add up. */
export function averageOf(bucket: string, metric: string, only = ''): string {
  return `SELECT ${bucket} AS atMs, sum(sum) / sum(count) AS average
FROM metrics WHERE name = '${metric}'${only}
GROUP BY 1 HAVING sum(count) > 0 ORDER BY 1`
}

/** What was paid as far as it is known: NULL when nothing was priced, never $0 for that. */
export const knownCost = 'iif(sum(unpriced) > 0, sum(cost_usd), total(cost_usd))'
