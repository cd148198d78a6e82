import { wordsOfLog } from '../../model/log-words.ts'
import type { Panel } from '../../model/panels/panel.ts'
import type { LogReader } from '../queries/logs-read.ts'

type Row = Readonly<Record<string, unknown>>

/** What log records say lies in their bodies, which SQL does not read: rows name the places. */
export function tellLogs(logs: LogReader, rows: readonly Row[], { column, event }: NonNullable<Panel['tells']>): Row[] {
  return rows.map((row) => {
    const [body, at] = String(row[column]).split(':').map(Number)
    const place = { body: body ?? 0, at: at ?? 0 }
    const attributes = logs.attributes(place)
    return { ...row, [column]: attributes === null ? '' : wordsOfLog(String(row[event]), attributes, logs.body(place)) }
  })
}
