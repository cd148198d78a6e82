import { z } from 'zod'
import { findingKind } from '../../model/findings/finding.ts'
import { aWeekAgo } from '../../contract/moment.ts'
import { isoOf, range, rangeOf } from '../moments.ts'
import { roundedUsd } from '../session-shape.ts'
import { tool } from '../tool.ts'

export const findings = tool({
  name: 'findings',
  title: 'Findings over many sessions',
  description:
    'What made sessions slow or expensive again and again: findings of a range, added up by kind and subject, the most time first, with how ' +
    'often, in how many sessions, and in which one last (explain_session tells the rest). The last 7 days unless a range is given.',
  params: {
    ...range,
    kind: findingKind.optional(),
    limit: z.int().min(1).max(200).default(20),
  },
  result: {
    lostMs: z.number().describe('of all of them'),
    lostUsd: z.number().nullable(),
    findings: z.array(
      z.object({
        kind: findingKind,
        name: z.string(),
        meaning: z.string(),
        lostMs: z.number(),
        lostUsd: z.number().nullable(),
        atMost: z.boolean().describe('some of it is so much at most'),
        times: z.number().int(),
        sessions: z.number().int(),
        latest: z.object({ session: z.string(), at: z.string(), title: z.string() }),
        help: z.enum(['hint', 'config', 'rule']).nullable().describe('explain_session of the latest session says it'),
      }),
    ),
  },
  answer: async (params, { ask, content, nowMs }) => {
    const { kind, limit } = params
    const { fromMs, toMs } = rangeOf(params, nowMs, aWeekAgo(nowMs))
    const { insights, total, pending } = await ask('insight.list', { fromMs, toMs })
    const fitting = insights.filter((one) => !one.dismissed && (kind === undefined || one.kind === kind))
    return {
      value: {
        lostMs: Math.round(total.lostMs),
        lostUsd: roundedUsd(total.lostUsd),
        findings: fitting.slice(0, limit).map((one) => ({
          kind: one.kind,
          name: content.sentence(one.name, [one.kind]),
          meaning: one.definition,
          lostMs: Math.round(one.lostMs),
          lostUsd: roundedUsd(one.lostUsd),
          atMost: one.atMost,
          times: one.times,
          sessions: one.sessions,
          latest: {
            session: one.latest.sessionId,
            at: isoOf(one.latest.atMs),
            title: content.sentence(one.latest.title, [one.kind]),
          },
          help: one.fix,
        })),
      },
      lists: [{ list: 'findings', goOn: () => 'those shown cost most; ask with a kind, or a larger maxKib' }],
      leftOut: [
        ...(fitting.length > limit ? [`${fitting.length - limit} more of findings: ask with a larger limit`] : []),
        ...(pending > 0
          ? [`findings of ${pending} sessions that Colophon has not looked at yet: ask again later`]
          : []),
      ],
    }
  },
})
