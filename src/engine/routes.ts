import type { ProcedureName, Value } from '../contract/index.ts'
import type { Topic } from '../contract/changes.ts'
import type { Result } from '../contract/result.ts'
import type { Handler, Handlers } from './dispatch.ts'

/** A procedure that one thread answers by itself stands here once; what needs more than that has a handler of its own. */

/** What a session shows, and what is there. */
export const reader = [
  'session.get',
  'session.tree',
  'session.block',
  'session.search',
  'session.spans',
  'session.row',
  'session.ledger',
  'session.findings',
  'session.conversation',
  'conversation.text',
  'conversation.find',
  'session.turns',
  'session.logs',
  'session.receipts',
  'session.compare',
  'record.get',
  'call.percentile',
  'span.get',
  'span.events',
  'process.list',
  'prices.read',
  'alert.list',
  'alert.rules',
  'health.names',
  'removed.list',
  'settings.read',
] as const

/** Sums over a range, which may take longer: they must not hold up a session that is opened. */
export const analyst = [
  'insight.list',
  'insight.sessions',
  'limit.list',
  'limit.moves',
  'project.list',
  'batch.list',
  'batch.members',
  'panel.list',
  'panel.run',
  'panel.behind',
  'filter.values',
  'explore.logs',
  'explore.logFacets',
  'explore.errors',
  'explore.spans',
  'explore.spanNames',
  'explore.secrets',
  'explore.record',
  'explore.metricNames',
  'explore.metric',
  'sql.schema',
] as const

/** The writer's own work, without a change that anyone has to be told of. */
const asked = [
  'import.progress',
  'import.cancel',
  'retention.prune',
  'retention.state',
  'store.compact',
  'store.backup',
  'store.cancel',
] as const

/** Written, and every list of sessions may differ afterwards. */
const changesSessions = [
  'finding.dismiss',
  'finding.restore',
  'finding.fixed',
  'session.mark',
  'session.remove',
  'removed.forget',
  'sample.open',
  'sample.remove',
  'facts.rebuild',
  'import.files',
  'import.paths',
  'import.takeBack',
  'prices.override',
  'prices.forget',
  'prices.keep',
  'prices.restore',
  'prices.recompute',
] as const

/** Written, and the alerts differ afterwards. */
const changesAlerts = ['alert.seen', 'alert.saveRule', 'alert.removeRule'] as const

/** A thread that answers procedures by their names. */
interface Part {
  call(name: string, params: unknown): Promise<unknown>
}

export interface Routes {
  readonly read: <N extends ProcedureName>(name: N) => Handler<N>
  /** Writes, and tells who looks at `topic`. */
  readonly write: <N extends ProcedureName>(name: N, topic: Topic) => Handler<N>
  readonly handlers: Pick<Handlers, Routed>
}

type Routed =
  | (typeof reader)[number]
  | (typeof analyst)[number]
  | (typeof asked)[number]
  | (typeof changesSessions)[number]
  | (typeof changesAlerts)[number]

export function routesTo(
  parts: { readonly reader: Part; readonly analyst: Part; readonly writer: Part },
  note: (topic: Topic) => void,
): Routes {
  const by =
    (part: Part) =>
    <N extends ProcedureName>(name: N): Handler<N> =>
    async (params) =>
      (await part.call(name, params)) as Result<Value<N>>
  const read = by(parts.reader)
  const write =
    <N extends ProcedureName>(name: N, topic: Topic): Handler<N> =>
    async (params) => {
      const result = (await parts.writer.call(name, params)) as Result<Value<N>>
      note(topic)
      note('status')
      return result
    }
  const handlers = Object.fromEntries([
    ...reader.map((name) => [name, read(name)] as const),
    ...analyst.map((name) => [name, by(parts.analyst)(name)] as const),
    ...asked.map((name) => [name, by(parts.writer)(name)] as const),
    ...changesSessions.map((name) => [name, write(name, 'sessions')] as const),
    ...changesAlerts.map((name) => [name, write(name, 'alerts')] as const),
  ]) as unknown as Pick<Handlers, Routed>
  return { read, write, handlers }
}
