import { z } from 'zod'
import { unpackSession } from '../../model/block/session-block.ts'
import type { TreeRow } from '../../model/tree/row.ts'
import { rowShape, rowWords } from '../row-shape.ts'
import { sessionParam } from '../session-shape.ts'
import { tool } from '../tool.ts'

export const sessionTimeline = tool({
  name: 'session_timeline',
  title: 'Timeline of a session',
  description:
    'What happened in a Codex session, in order: its waterfall, folded to session, turns, model calls and tool calls, each with when it ' +
    'began, how long it took and how it ended. Ask with depth 1 for the turns alone, with from and to for a stretch of it, and show_row for one row.',
  params: {
    session: sessionParam,
    fromMs: z.number().min(0).default(0).describe('since the session began'),
    toMs: z.number().min(0).optional().describe('since the session began; its end where it is left out'),
    depth: z
      .int()
      .min(0)
      .max(20)
      .default(3)
      .describe('0: the session alone; 1: its turns; 2: their calls; more: calls of calls'),
    offset: z.int().min(0).default(0),
    limit: z.int().min(1).max(2000).default(200),
  },
  result: {
    id: z.string(),
    total: z.number().int().describe('rows of that stretch and depth'),
    rows: z.array(rowShape),
  },
  answer: async ({ session, fromMs, toMs = Infinity, depth, offset, limit }, { ask, find, content }) => {
    const id = find(session)
    const { rows } = unpackSession(await ask('session.block', { id, spans: false }))
    const baseMs = rows[0]?.startMs ?? 0
    const depths = depthsOf(rows)
    const below = countBelow(rows)
    const fitting = rows.filter((row, i) => {
      const at = row.startMs - baseMs
      return (depths[i] ?? 0) <= depth && at <= toMs && at + (row.durationMs ?? 0) >= fromMs
    })
    const place = new Map(rows.map((row, i) => [row.id, i]))
    const shown = fitting.slice(offset, offset + limit)
    const rest = fitting.length - offset - shown.length
    const goOn = (count: number): string => `ask with offset ${offset + count}, a smaller depth, or fromMs and toMs`
    return {
      value: {
        id,
        total: fitting.length,
        rows: shown.map((row) => {
          const at = place.get(row.id) ?? 0
          const own = depths[at] ?? 0
          return rowWords(row, { depth: own, below: own === depth ? (below[at] ?? 0) : 0, baseMs }, content)
        }),
      },
      lists: [{ list: 'rows', goOn }],
      leftOut: rest > 0 ? [`${rest} rows behind these: ${goOn(shown.length)}`] : [],
    }
  },
})

/** Parents stand before their children. */
function depthsOf(rows: readonly TreeRow[]): number[] {
  const depths = new Map<string, number>()
  return rows.map(({ id, parentId }) => {
    const depth = parentId === null ? 0 : (depths.get(parentId) ?? -1) + 1
    depths.set(id, depth)
    return depth
  })
}

function countBelow(rows: readonly TreeRow[]): number[] {
  const place = new Map(rows.map(({ id }, i) => [id, i]))
  const counts = rows.map(() => 0)
  for (let i = rows.length - 1; i >= 0; i--) {
    const parent = place.get(rows[i]?.parentId ?? '')
    if (parent !== undefined) counts[parent] = (counts[parent] ?? 0) + (counts[i] ?? 0) + 1
  }
  return counts
}
