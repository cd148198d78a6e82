import type { Value } from '../../contract/index.ts'
import type { Db } from '../store/database.ts'

/** How many span names a process lists; the rest stand for one. */
const mostNames = 12
/** Only the latest traces without a session are looked through: the list is a remark, not a report. */
const mostTraces = 2000

/** Spans of traces that name no session which is listed, under the process that sent them, largest first. */
export function processList(db: Db): Value<'process.list'> {
  const rows = db
    .prepare<[], { service: string; version: string; trace: number; name: string; spans: number }>(
      `SELECT client.service, client.version, lone.id AS trace, name.text AS name, count(*) AS spans
       FROM (SELECT id, client FROM trace
             WHERE NOT EXISTS (
               SELECT 1 FROM trace_conversation JOIN conversation ON conversation.key = trace_conversation.conversation
                 JOIN session ON session.id = conversation.id
               WHERE trace_conversation.trace = trace.id)
             ORDER BY id DESC LIMIT ${mostTraces}) AS lone
       JOIN client ON client.id = lone.client JOIN span ON span.trace = lone.id JOIN name ON name.id = span.name
       GROUP BY client.id, lone.id, span.name`,
    )
    .all()
  const processes = new Map<
    string,
    { service: string; version: string; traces: Set<number>; names: Map<string, number> }
  >()
  for (const { service, version, trace, name, spans } of rows) {
    const key = `${service}\n${version}`
    const known = processes.get(key) ?? {
      service,
      version,
      traces: new Set<number>(),
      names: new Map<string, number>(),
    }
    known.traces.add(trace)
    known.names.set(name, (known.names.get(name) ?? 0) + spans)
    processes.set(key, known)
  }
  return {
    processes: [...processes.values()]
      .map(({ service, version, traces, names }) => {
        const sorted = [...names].map(([name, spans]) => ({ name, spans })).sort((a, b) => b.spans - a.spans)
        const spans = sorted.reduce((sum, entry) => sum + entry.spans, 0)
        return { service, version, traces: traces.size, spans, names: sorted.slice(0, mostNames) }
      })
      .sort((a, b) => b.spans - a.spans),
  }
}
