import { z } from 'zod'
import { aWeekAgo } from '../../contract/moment.ts'
import { plural } from '../../contract/short-words.ts'
import { knownUsd } from '../../engine/reading/known-usd.ts'
import { range, rangeOf } from '../moments.ts'
import { roundedUsd } from '../session-shape.ts'
import { tool } from '../tool.ts'

export const costs = tool({
  name: 'costs',
  title: 'Costs',
  description:
    'What Codex sessions would cost at the prices of the API, by day, model, project or session: an estimate, never a bill, and with a ChatGPT ' +
    'subscription no money is paid for them. Calls of models without a known price are counted beside it. The last 7 days unless a range is given. Days are those of this machine’s clock, the newest first; all else the dearest first.',
  params: {
    by: z.enum(['day', 'model', 'project', 'session']).default('day'),
    ...range,
    limit: z.int().min(1).max(1000).default(100),
  },
  result: {
    totalUsd: z.number().nullable().describe('null: nothing could be priced'),
    unpricedCalls: z.number().int(),
    costs: z.array(
      z.object({
        name: z.string().describe('a day, a model, a project or the id of a session'),
        usd: z.number().nullable(),
        calls: z.number().int().describe('model calls'),
      }),
    ),
  },
  answer: (params, { costs: ask, nowMs }) => {
    const { by, limit } = params
    const { rows, moreRows, total } = ask({ by, limit, ...rangeOf(params, nowMs, aWeekAgo(nowMs)) })
    // What is cut for want of room is the end of a list.
    const listed = by === 'day' ? [...rows].reverse() : rows
    return Promise.resolve({
      value: {
        totalUsd: roundedUsd(knownUsd(total)),
        unpricedCalls: total.unpricedCalls,
        costs: listed.map(({ name, sessionId, costUsd, calls }) => ({
          // The title of a session may be what somebody typed.
          name: sessionId ?? name,
          usd: roundedUsd(costUsd),
          calls,
        })),
      },
      lists: [{ list: 'costs', goOn: () => 'ask for a shorter range, or with a larger maxKib' }],
      leftOut:
        moreRows > 0
          ? [
              `${by === 'day' ? plural(moreRows, 'earlier day') : `${moreRows} more of costs`}, all in the total: ask with a larger limit`,
            ]
          : [],
    })
  },
})
