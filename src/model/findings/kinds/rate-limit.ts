import type { KindOfFinding } from '../candidate.ts'
import { failedTries } from '../failed-tries.ts'
import { times, withLost } from '../words.ts'

export const rateLimit: KindOfFinding = {
  kind: 'rate-limit',
  definition:
    'Requests that the API refused with status 429, each with the pause before the next try. What is lost is the time that the ledger gives to retries within them.',
  needs: 'codex.api_request (logs)',
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
          text: 'Fewer sessions at once stay below the limit. Limits shows when its window is reset.',
        },
      },
    ]
  },
}
