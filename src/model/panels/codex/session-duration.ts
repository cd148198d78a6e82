import { z } from 'zod'
import { byUser, countOf, measureOf } from '../behind.ts'
import { ofSessions, wholeMs, wholeSessions } from '../common.ts'
import { longSessionMs } from '../../session/long.ts'
import { definePanel } from '../panel.ts'

const seconds = [0, 10, 30, 60, 120, 300, 600, 1200, 3600, 7200, 14_400, 86_400]
const bins = seconds.map((from, i) =>
  `(${i}, ${from * 1000}, ${(seconds[i + 1] ?? NaN) * 1000})`.replace('NaN', 'NULL'),
)

/** Where the bin of a length begins. */
const binOf = (ms: string): string =>
  `CASE ${[...seconds]
    .reverse()
    .map((from) => `WHEN ${ms} >= ${from * 1000} THEN ${from * 1000}`)
    .join(' ')} END`

export const sessionDuration = definePanel({
  id: 'session-duration',
  dashboard: 'codex',
  section: 'latency',
  title: 'Session duration',
  meaning:
    'How long the sessions that a person started took: from the first record to the last (wall), and inside turns only (busy).',
  excluded: `Sub-agents, reviewers and title threads are left out. An open turn counts up to the last record. ${wholeSessions} ${ofSessions} "over 10 min" counts sessions by their wall time. ${wholeMs}`,
  unit: 'count',
  needs: 'logs',
  sql: `SELECT bins.fromMs, toMs, coalesce(wall, 0) AS wall, coalesce(busy, 0) AS busy, p95WallMs, p95BusyMs, overTenMinutes
FROM (
  WITH lengths AS MATERIALIZED (
    SELECT wall_ms, busy_ms FROM sessions CROSS JOIN dimension ON dimension.id = sessions.dimension WHERE dimension.kind = 'user'
  )
  SELECT * FROM (
    SELECT p95(wall_ms) AS p95WallMs, p95(busy_ms) AS p95BusyMs, sum(wall_ms > ${longSessionMs}) AS overTenMinutes, count(*) AS sessions
    FROM lengths
  ) CROSS JOIN (SELECT 0 AS place, 0 AS fromMs, 0 AS toMs WHERE false UNION ALL VALUES ${bins.join(', ')}) AS bins
    LEFT JOIN (
      SELECT fromMs AS inBin, sum(isWall) AS wall, sum(NOT isWall) AS busy FROM (
        SELECT ${binOf('wall_ms')} AS fromMs, 1 AS isWall FROM lengths UNION ALL SELECT ${binOf('busy_ms')}, 0 FROM lengths
      ) GROUP BY 1
    ) ON inBin = fromMs
  WHERE sessions > 0
) AS bins ORDER BY place`,
  row: z.object({
    fromMs: z.number(),
    toMs: z.number().nullable(),
    wall: z.number(),
    busy: z.number(),
    p95WallMs: z.number(),
    p95BusyMs: z.number(),
    overTenMinutes: z.number(),
  }),
  view: {
    kind: 'histogram',
    from: 'fromMs',
    to: 'toMs',
    value: 'wall',
    label: 'wall',
    beside: { column: 'busy', label: 'busy', tone: 'model' },
    mark: { value: longSessionMs, label: '10 min' },
    more: [
      { column: 'p95WallMs', label: 'P95 wall', unit: 'ms' },
      { column: 'p95BusyMs', label: 'P95 busy', unit: 'ms' },
      { column: 'overTenMinutes', label: 'over 10 min', unit: 'count' },
    ],
  },
  by: ['fromMs'],
  behind: {
    wall: countOf('sessions', byUser, { fromMs: binOf('wall_ms') }),
    busy: countOf('sessions', byUser, { fromMs: binOf('busy_ms') }),
    p95WallMs: measureOf('sessions', 'wall_ms', byUser, { fromMs: binOf('wall_ms') }),
    p95BusyMs: measureOf('sessions', 'busy_ms', byUser, { fromMs: binOf('busy_ms') }),
    overTenMinutes: countOf('sessions', `wall_ms > ${longSessionMs} AND ${byUser}`, { fromMs: binOf('wall_ms') }),
  },
  size: { width: 4, height: 2 },
})
