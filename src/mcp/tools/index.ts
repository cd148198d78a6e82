import type { Tool } from '../tool.ts'
import { compareSessions } from './compare-sessions.ts'
import { costs } from './costs.ts'
import { explainSession } from './explain-session.ts'
import { failures } from './failures.ts'
import { findings } from './findings.ts'
import { footer } from './footer.ts'
import { health } from './health.ts'
import { limits } from './limits.ts'
import { listSessions } from './list-sessions.ts'
import { search } from './search.ts'
import { sessionTimeline } from './session-timeline.ts'
import { showRow } from './show-row.ts'
import { slowest } from './slowest.ts'
import { sql } from './sql.ts'

/** Every tool, the one to call first first. */
export const tools: readonly Tool[] = [
  explainSession,
  listSessions,
  sessionTimeline,
  showRow,
  compareSessions,
  slowest,
  failures,
  costs,
  findings,
  search,
  limits,
  sql,
  health,
  footer,
]
