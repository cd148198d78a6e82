import type { KindOfFinding } from '../candidate.ts'
import { failedTries } from '../failed-tries.ts'
import { many, withLost } from '../words.ts'

export const apiUnstable: KindOfFinding = {
  kind: 'api-unstable',
  name: () => 'failed requests and broken streams',
  definition:
    'Requests that ended with a status of 500 and above, connections that failed and streams that broke, each with the pause before the next try. What is lost is the time that the ledger gives to retries within them.',
  needs: 'codex.api_request, codex.websocket_request or codex.sse_event (logs)',
  waitsFor: 'It waits for codex.api_request (logs), which says how each request ended.',
  sources: ['logs'],
  find(context) {
    const tries = failedTries(context).filter(({ statusCode }) => statusCode === null || statusCode >= 500)
    const [first] = tries
    if (first === undefined) return []
    const refused = tries.filter(({ statusCode }) => statusCode !== null).length
    const broken = tries.length - refused
    const what = [
      ...(refused > 0 ? [`${many(refused, 'request')} failed at the API`] : []),
      ...(broken > 0 ? [`${many(broken, 'connection or stream', 'connections or streams')} broke`] : []),
    ].join(' and ')
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
          title: withLost(`${what}`, lost, false, ' of retries'),
          verdict: what,
        }),
        fix: {
          type: 'hint',
          text: 'Codex retries by itself. If this goes on, check the status of the API and any proxies on the way to it.',
        },
      },
    ]
  },
}
