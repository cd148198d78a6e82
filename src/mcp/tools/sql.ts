import { z } from 'zod'
import { tool } from '../tool.ts'

const cell = z.union([z.string(), z.number(), z.null()])

export const sql = tool({
  name: 'sql',
  title: 'SQL console',
  description:
    'Runs one SELECT of SQLite over the views of all sessions (sessions, turns, api_calls, tool_calls, decisions, findings, …), read-only, ' +
    'stopped after ten seconds. Call it without a statement for the views and their columns. For what no other tool answers; give a LIMIT and name columns.',
  params: {
    sql: z.string().max(100_000).optional(),
    limit: z.int().min(1).max(10_000).default(100).describe('rows'),
  },
  result: {
    columns: z.array(z.string()),
    rows: z.array(z.array(cell)),
    views: z
      .array(z.object({ name: z.string(), meaning: z.string(), columns: z.string() }))
      .optional()
      .describe('what a statement can select from, where none was given'),
  },
  answer: async ({ sql: statement, limit }, { ask, sql: run, agents }) => {
    if (statement === undefined) {
      const { views } = await ask('sql.schema', {})
      const listed = views.map(({ name, meaning, columns }) => ({
        name,
        meaning,
        columns: columns.map((column) => column.name).join(', '),
      }))
      return {
        value: { columns: [], rows: [], views: listed },
        lists: [{ list: 'views', goOn: () => 'ask with a larger maxKib' }],
      }
    }
    const answer = await run({ sql: statement, limit }, agents)
    if (!answer.ok) throw new Error(answer.error.message)
    const { columns, rows, truncated, cutCells } = answer.value
    const goOn = (shown: number): string =>
      `ask with OFFSET ${shown} and an ORDER BY, fewer columns, or a larger maxKib`
    return {
      value: { columns, rows },
      lists: [{ list: 'rows', goOn }],
      leftOut: [
        ...(truncated ? [`more rows than ${rows.length}: ask with a larger limit, or add them up in SQL`] : []),
        ...(cutCells > 0
          ? [`the rest of ${cutCells} long texts, which end with …: ask for parts of them with substr`]
          : []),
      ],
    }
  },
})
