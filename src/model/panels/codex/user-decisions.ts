import { z } from 'zod'
import { countOf, togetherOf } from '../behind.ts'
import { ofSessions } from '../common.ts'
import { bucket, definePanel } from '../panel.ts'

const count = z.number()

export const decidedByUser = {
  accepted: "source = 'user' AND decision LIKE 'approved%' AND decision NOT LIKE 'approved_with%'",
  amended: "source = 'user' AND decision LIKE 'approved_with%'",
  rejected: "source = 'user' AND decision NOT LIKE 'approved%' AND decision <> 'cancelled'",
}
const { accepted, amended, rejected } = decidedByUser

export const userDecisions = definePanel({
  id: 'user-decisions',
  dashboard: 'codex',
  section: 'activity',
  title: 'Decisions',
  meaning:
    'What you decided about the calls that Codex asked for: accepted, amended, rejected or cancelled; and what the configuration and the reviewer decided.',
  excluded: `Cancelling leaves no decision: a call that was broken off without a result counts as cancelled by you, at the end of its span, so without traces there are none. What was denied, aborted or timed out counts as rejected. ${ofSessions}`,
  unit: 'count',
  needs: 'logs',
  sql: `SELECT atMs,
  sum(iif(${accepted}, times, 0)) AS accepted,
  sum(iif(${amended}, times, 0)) AS amended,
  sum(iif(${rejected}, times, 0)) AS rejected,
  sum(iif(decision = 'cancelled', times, 0)) AS cancelled,
  sum(iif(source = 'config', times, 0)) AS configuration, sum(iif(source = 'automatedreviewer', times, 0)) AS reviewer
FROM (
  SELECT ${bucket} AS atMs, source, decision, decisions AS times FROM decisions
  UNION ALL SELECT ${bucket}, 'user', 'cancelled', cancelled FROM tools WHERE cancelled > 0
) GROUP BY 1 ORDER BY 1`,
  row: z.object({
    ...{ atMs: count, accepted: count, amended: count, rejected: count, cancelled: count },
    ...{ configuration: count, reviewer: count },
  }),
  view: {
    kind: 'time',
    shape: 'bars',
    series: [
      { column: 'accepted', label: 'accepted by you', tone: 'tool' },
      { column: 'amended', label: 'amended by you', tone: 'tool-soft' },
      { column: 'rejected', label: 'rejected by you', tone: 'error' },
      { column: 'cancelled', label: 'cancelled by you', tone: 'wait' },
      { column: 'configuration', label: 'configuration', tone: 'plain' },
      { column: 'reviewer', label: 'reviewer', tone: 'helper' },
    ],
  },
  behind: {
    accepted: countOf('decisions', accepted),
    amended: countOf('decisions', amended),
    rejected: countOf('decisions', rejected),
    cancelled: togetherOf('count', countOf('tools', 'cancelled'), countOf('decisions', "decision = 'cancelled'")),
    configuration: countOf('decisions', "source = 'config'"),
    reviewer: countOf('decisions', "source = 'automatedreviewer'"),
  },
  size: { width: 6, height: 2 },
})
