import type { KindOfFinding } from '../candidate.ts'
import { failedTries } from '../failed-tries.ts'
import { shortDuration } from '../../tree/words.ts'
import type { FindingContext } from '../context.ts'
import { times, withLost } from '../words.ts'

export const rateLimit: KindOfFinding = {
  kind: 'rate-limit',
  name: () => 'requests over the rate limit',
  definition:
    'Requests that the API refused with status 429, each with the pause before the next try. What is lost is the time that the ledger gives to retries within them.',
  needs: 'codex.api_request (logs)',
  waitsFor: 'It waits for codex.api_request (logs), which says that a request was refused.',
  sources: ['logs'],
  find(context) {
    const tries = failedTries(context).filter(({ statusCode }) => statusCode === 429)
    const [first] = tries
    if (first === undefined) return []
    return [
      {
        subject: '',
        times: tries.length,
        rowIds: [...new Set(tries.map(({ row }) => row.id))],
        at: first.row.start,
        time: tries,
        from: ['retry'],
        money: [],
        confidence: 'exact',
        say: (lost) => ({
          title: withLost(`The API refused ${times(tries.length)} for too many requests`, lost, false, ' of retries'),
          verdict: `${tries.length === 1 ? 'a request' : `${tries.length} requests`} over the rate limit`,
        }),
        fix: {
          type: 'hint',
          text: `Running fewer sessions at once keeps you below the limit.${windowWords(context, first.at)}`,
        },
      },
    ]
  },
}

/** How full the fullest window was when the first request was refused, and how long after that it was reset. */
function windowWords({ file }: FindingContext, at: number): string {
  const known = (file?.limits ?? []).filter((limit) => limit.at <= at + nearNs)
  const latest = new Map(known.map((limit) => [limit.windowMinutes, limit]))
  const [fullest] = [...latest.values()].sort((a, b) => b.usedPercent - a.usedPercent)
  if (fullest === undefined) return ''
  const { windowMinutes, usedPercent, resetsAt } = fullest
  const reset =
    resetsAt === null || resetsAt <= at ? '' : `, and was reset ${shortDuration((resetsAt - at) / 1e6)} later`
  return ` The window of ${shortDuration(windowMinutes * 60_000)} was ${Math.round(usedPercent)} % full then${reset}.`
}

/** The answer that notes the limits is written a moment after the refusal. */
const nearNs = 5_000_000_000
