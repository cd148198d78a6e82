import { z } from 'zod'
import type { Asking } from '../asking.ts'
import { range, rangeOf } from '../moments.ts'
import { roundedUsd } from '../session-shape.ts'
import { tool } from '../tool.ts'

type Line = { name: string; usd: number | null; calls: number | null }
interface Asked {
  readonly fromMs: number
  readonly toMs: number
}

const dayMs = 86_400_000

export const costs = tool({
  name: 'costs',
  title: 'Costs',
  description:
    'What Codex sessions would cost at the prices of the API, by day, model, project or session: an estimate, never a bill, and with a ChatGPT ' +
    'subscription no money is paid for them. Calls of models without a known price are counted beside it. The last 7 days unless a range is given.',
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
        calls: z.number().int().nullable().describe('model calls; null where they are not counted so'),
      }),
    ),
  },
  answer: async (params, asking) => {
    const { by, limit } = params
    const asked = rangeOf(params, asking.nowMs, '7d')
    const [total] = (await asking.ask('panel.run', { panel: 'cost-total', ...asked })).rows
    const lines = await linesBy[by](asking, asked)
    return {
      value: {
        totalUsd: usdOf(total?.costUsd),
        unpricedCalls: typeof total?.unpriced === 'number' ? total.unpriced : 0,
        costs: lines.slice(0, limit).map((line) => ({ ...line, usd: usdOf(line.usd) })),
      },
      lists: [{ list: 'costs', goOn: () => 'ask for a shorter range, or with a larger maxKib' }],
      leftOut: lines.length > limit ? [`${lines.length - limit} more of costs: ask with a larger limit`] : [],
    }
  },
})

const linesBy: Readonly<
  Record<'day' | 'model' | 'project' | 'session', (asking: Asking, asked: Asked) => Promise<Line[]>>
> = {
  day: async ({ ask }, asked) => {
    const { rows, edgesMs } = await ask('panel.run', { panel: 'cost-over-time', ...asked, bucketMs: dayMs })
    const byDay = new Map(edgesMs.slice(0, -1).map((atMs) => [atMs, 0]))
    for (const { atMs, costUsd } of rows) {
      const day = Number(atMs)
      byDay.set(day, (byDay.get(day) ?? 0) + Number(costUsd))
    }
    return [...byDay].map(([atMs, usd]) => ({ name: localDay(atMs), usd, calls: null }))
  },
  model: async ({ ask }, asked) => {
    const { rows } = await ask('panel.run', { panel: 'cost-over-time', ...asked, bucketMs: dayMs })
    const byModel = new Map<string, number>()
    for (const { model, costUsd } of rows)
      byModel.set(String(model), (byModel.get(String(model)) ?? 0) + Number(costUsd))
    return [...byModel].map(([name, usd]) => ({ name, usd, calls: null })).toSorted(dearestFirst)
  },
  project: async ({ ask }, asked) => {
    const { projects } = await ask('project.list', asked)
    return projects
      .map(({ name, costUsd, apiCalls }) => ({ name: name ?? 'not known', usd: costUsd, calls: apiCalls }))
      .toSorted(dearestFirst)
  },
  session: async ({ ask }, asked) => {
    const found = { panel: 'cost-total', figure: 'costUsd', each: 'session', order: 'value', limit: 1000 } as const
    const { rows } = await ask('panel.behind', { ...found, ...asked })
    return rows.map(({ sessionId, value, facts }) => ({ name: sessionId ?? 'not known', usd: value, calls: facts }))
  },
}

function dearestFirst(a: Line, b: Line): number {
  return (b.usd ?? -1) - (a.usd ?? -1)
}

/** By this machine's clock, as days begin in the page. */
function localDay(atMs: number): string {
  const day = new Date(atMs)
  const two = (value: number): string => String(value).padStart(2, '0')
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`
}

function usdOf(usd: unknown): number | null {
  return typeof usd === 'number' ? roundedUsd(usd) : null
}
