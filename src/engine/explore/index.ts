import type { ParsedParams, Value } from '../../contract/index.ts'
import type { LogReader } from '../queries/logs-read.ts'
import type { RecordReader } from '../queries/records.ts'
import type { Db } from '../store/database.ts'
import { exploreErrors } from './errors.ts'
import { exploreLogs, logFacets } from './logs.ts'
import { metricNames, metricPoints } from './metrics.ts'
import { recordOf } from './record-of.ts'
import { exploreSecrets } from './secrets.ts'
import { exploreSpanNames, exploreSpans } from './spans.ts'
import { sqlViews } from './views.ts'

/** What is asked of all sessions at once. */
export type ExploreProcedure =
  | 'explore.logs'
  | 'explore.logFacets'
  | 'explore.errors'
  | 'explore.spans'
  | 'explore.spanNames'
  | 'explore.secrets'
  | 'explore.record'
  | 'explore.metricNames'
  | 'explore.metric'
  | 'sql.schema'

export function exploreQueries(
  db: Db,
  logs: LogReader,
  records: RecordReader,
  silenceMs: number,
): { [K in ExploreProcedure]: (params: ParsedParams<K>) => Value<K> } {
  return {
    'explore.logs': (params) => exploreLogs(db, logs, params, silenceMs),
    'explore.logFacets': (params) => logFacets(db, params, silenceMs),
    'explore.errors': (params) => exploreErrors(db, params, silenceMs),
    'explore.spans': (params) => exploreSpans(db, params),
    'explore.spanNames': (params) => exploreSpanNames(db, params),
    'explore.secrets': (params) => exploreSecrets(db, records, params, silenceMs),
    'explore.record': ({ ref }) => recordOf(records, ref),
    'explore.metricNames': () => metricNames(db),
    'explore.metric': (params) => metricPoints(db, params),
    'sql.schema': () => ({
      views: sqlViews.map(({ name, meaning, columns }) => ({
        name,
        meaning,
        columns: Object.entries(columns).map(([column, [, says]]) => ({ name: column, meaning: says })),
      })),
    }),
  }
}
