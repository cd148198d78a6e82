import { z } from 'zod'
import { aWeekAgo } from '../../contract/moment.ts'
import { isoOf, range, rangeOf } from '../moments.ts'
import { nameFor } from '../session-shape.ts'
import { tool } from '../tool.ts'

export const limits = tool({
  name: 'limits',
  title: 'Usage limits',
  description:
    'How full the windows of the usage limits are (five hours, a week), when they are reset, how fast they fill, and which sessions moved ' +
    'them most. Codex notes them in its own session files, so nothing is known until the user lets Colophon read these. moved covers the last 7 days unless a range is given.',
  params: range,
  result: {
    windows: z.array(
      z.object({
        name: z.string(),
        windowMinutes: z.number().int(),
        usedPercent: z.number(),
        notedAt: z.string(),
        resetsAt: z.string().nullable(),
        perHour: z.number().describe('points of a percent an hour, lately'),
        forecast: z.enum(['full', 'lasts', 'still', 'reached', 'over']),
        fullAt: z.string().nullable(),
        plan: z.string().nullable(),
        moved: z
          .array(z.object({ session: z.string(), title: z.string(), risePercent: z.number() }))
          .describe('the ten that moved it most'),
        elsewherePercent: z.number().describe('what no session of this machine moved it by'),
      }),
    ),
  },
  answer: async (params, { ask, content, nowMs }) => {
    const { samples, windows } = await ask('limit.list', rangeOf(params, nowMs, aWeekAgo(nowMs)))
    return {
      value: {
        windows: windows.map(({ limitId, name, windowMinutes, now, moved, elsewherePercent }) => ({
          name: name ?? limitId,
          windowMinutes,
          usedPercent: now.usedPercent,
          notedAt: isoOf(now.atMs),
          resetsAt: now.resetsAtMs === null ? null : isoOf(now.resetsAtMs),
          perHour: Math.round(now.perHour * 100) / 100,
          forecast: now.forecast.kind,
          fullAt: now.forecast.kind === 'full' ? isoOf(now.forecast.atMs) : null,
          plan: now.plan,
          moved: moved.slice(0, 10).map((move) => ({
            session: move.sessionId,
            title: nameFor({ ...move, id: move.sessionId }, content),
            risePercent: Math.round(move.risePercent * 100) / 100,
          })),
          elsewherePercent: Math.round(elsewherePercent * 100) / 100,
        })),
      },
      lists: [{ list: 'windows', goOn: () => 'ask with a larger maxKib' }],
      leftOut:
        samples === 0 ? ['all of it: no session file that Colophon has read tells of limits (Settings, History)'] : [],
    }
  },
})
