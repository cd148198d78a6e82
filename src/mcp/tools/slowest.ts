import { z } from 'zod'
import { aWeekAgo } from '../../contract/moment.ts'
import { isoOf, range, rangeOf } from '../moments.ts'
import { onlySessionParam } from '../session-shape.ts'
import { tool } from '../tool.ts'

export const slowest = tool({
  name: 'slowest',
  title: 'The slowest calls',
  description:
    'What took longest over many Codex sessions or in one: single tool calls, or all calls of a tool, of a command (npm, cargo, …) or of a ' +
    'model added up. Times are those of running; waiting for an approval is no part of them. The last 7 days unless a range or a session is given.',
  params: {
    by: z.enum(['call', 'tool', 'command', 'model']).default('command'),
    ...range,
    session: onlySessionParam,
    limit: z.int().min(1).max(200).default(20),
  },
  result: {
    slowest: z.array(
      z.object({
        name: z.string(),
        calls: z.number().int(),
        failed: z.number().int(),
        totalMs: z.number(),
        longestMs: z.number(),
        longest: z
          .object({
            session: z.string(),
            rowId: z.string().nullable(),
            endedAt: z.string(),
            asked: z.string().nullable(),
          })
          .describe('the longest of them; rowId is for show_row'),
      }),
    ),
  },
  answer: (params, { slowest: ask, find, content, nowMs }) => {
    const { by, session, limit } = params
    const { fromMs, toMs } = rangeOf(params, nowMs, session === undefined ? aWeekAgo(nowMs) : 0)
    const found = ask({ by, fromMs, toMs, limit, sessionId: session === undefined ? null : find(session) })
    return Promise.resolve({
      value: {
        slowest: found.map(({ name, calls, failed, totalMs, longestMs, sessionId, callId, endedMs, summary }) => ({
          name: content.call(name),
          calls,
          failed,
          totalMs: Math.round(totalMs),
          longestMs: Math.round(longestMs),
          longest: {
            session: sessionId,
            rowId: callId === null ? null : `c:${sessionId}:${callId}`,
            endedAt: isoOf(endedMs),
            asked: content.maybe('arguments', summary),
          },
        })),
      },
      lists: [{ list: 'slowest', goOn: () => 'ask with a larger maxKib' }],
      leftOut: found.length === limit ? [`perhaps more than these ${limit}: ask with a larger limit`] : [],
    })
  },
})
