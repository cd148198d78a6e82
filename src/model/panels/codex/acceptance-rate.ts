import { z } from 'zod'
import { countOf, togetherOf } from '../behind.ts'
import { ofSessions } from '../common.ts'
import { bucket, definePanel } from '../panel.ts'
import { decidedByUser } from './user-decisions.ts'

const { accepted, amended } = decidedByUser

export const acceptanceRate = definePanel({
  id: 'acceptance-rate',
  dashboard: 'codex',
  section: 'activity',
  title: 'Acceptance rate',
  meaning: 'The share of the calls that you decided about that you let run, as asked for or amended.',
  excluded: `What the configuration or the reviewer decided is left out. A call that was broken off without a result counts as cancelled by you; without traces there are none. ${ofSessions}`,
  unit: 'share',
  needs: 'logs',
  sql: `SELECT atMs, 1.0 * sum(accepted) / sum(decided) AS rate FROM (
  SELECT ${bucket} AS atMs, iif((${accepted}) OR (${amended}), decisions, 0) AS accepted, decisions AS decided
  FROM decisions WHERE source = 'user' OR decision = 'cancelled'
  UNION ALL SELECT ${bucket}, 0, cancelled FROM tools WHERE cancelled > 0
) GROUP BY 1 ORDER BY 1`,
  row: z.object({ atMs: z.number(), rate: z.number() }),
  view: { kind: 'time', shape: 'line', series: [{ column: 'rate', label: 'accepted', tone: 'tool' }] },
  behind: {
    rate: togetherOf(
      'made',
      countOf('decisions', "source = 'user' OR decision = 'cancelled'"),
      countOf('tools', 'cancelled'),
    ),
  },
  spare: true,
  size: { width: 4, height: 2 },
})
