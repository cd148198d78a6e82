import type { ProcedureName, Procedures } from './index.ts'

type AsksWhose<N extends ProcedureName> = 'source' extends keyof Procedures[N]['params']['shape'] ? N : never

/** The procedures that ask of sessions, and take `source`. */
export type SourcedProcedure = { [N in ProcedureName]: AsksWhose<N> }[ProcedureName]

/** Their names without a check of params behind them, for the page: forget one and this does not compile. */
const names: Readonly<Record<SourcedProcedure, true>> = {
  ...{ 'session.list': true, 'session.get': true, 'session.tree': true, 'session.block': true, 'session.search': true },
  ...{ 'session.spans': true, 'session.row': true, 'session.ledger': true, 'session.findings': true },
  ...{ 'session.conversation': true, 'conversation.text': true, 'conversation.find': true, 'session.turns': true },
  ...{ 'session.logs': true, 'session.receipts': true, 'session.compare': true, 'record.get': true },
  ...{ 'call.percentile': true, 'span.get': true, 'span.events': true, 'process.list': true, 'session.mark': true },
  ...{ 'panel.list': true, 'panel.run': true, 'panel.behind': true, 'filter.values': true, 'insight.list': true },
  ...{ 'insight.sessions': true, 'limit.list': true, 'limit.moves': true, 'project.list': true, 'batch.list': true },
  ...{ 'batch.members': true, 'explore.logs': true, 'explore.logFacets': true, 'explore.errors': true },
  ...{ 'explore.spans': true, 'explore.spanNames': true, 'explore.record': true, 'explore.metricNames': true },
  ...{ 'explore.metric': true, 'export.start': true, 'export.preview': true, 'explore.secrets': true },
}

export function isSourced(name: ProcedureName): name is SourcedProcedure {
  return Object.hasOwn(names, name)
}
