import { z } from 'zod'
import { bytes, procedure } from './procedure.ts'
import { sessionGetResult, sessionListParams, sessionListResult } from './session.ts'
import { defaultSettings, settings } from './settings.ts'
import { processSpans, status } from './status.ts'
import { rawSpanRow, rowDetails, rowRef, searchResult, treeResult } from './tree.ts'

const none = z.object({})
const byId = z.object({ id: z.string() })

/** Every procedure, once. Client and handler types are derived from this list. */
export const procedures = {
  /** Addresses of the receivers, counters by signal and client, the size of the store. */
  status: procedure(none, status),
  /** Sessions, newest first. */
  'session.list': procedure(sessionListParams, sessionListResult),
  'session.get': procedure(byId, sessionGetResult),
  /** The folded rows of a session and of the helpers below it, in display order. */
  'session.tree': procedure(byId, treeResult),
  /**
   * The same rows as one block of columns (`model/block/session-block.ts`), with the raw spans behind them or without; without
   * them no row knows how many it stands for, and the answer does not depend on how many there are.
   */
  'session.block': procedure(z.object({ id: z.string(), spans: z.boolean() }), bytes),
  /** Rows, raw spans and logs of a session in which the words occur, case ignored. */
  'session.search': procedure(z.object({ id: z.string(), query: z.string().min(1).max(200) }), searchResult),
  /** The raw spans that one folded row stands for. */
  'session.spans': procedure(rowRef, z.object({ spans: z.array(rawSpanRow) })),
  /** What is known of one folded row: facts, arguments and output, logs, raw JSON. */
  'session.row': procedure(rowRef, rowDetails),
  /** One raw span whole, with its resource and scope, in OTLP/JSON's field names. */
  'span.get': procedure(z.object({ traceId: z.string(), spanId: z.string() }), z.object({ span: z.unknown() })),
  /** Spans of traces that name no conversation. */
  'process.list': procedure(none, z.object({ processes: z.array(processSpans) })),
  /** Opens the bundled sample session: stores it when it is not there yet. */
  'sample.open': procedure(none, z.object({ sessionId: z.string() })),
  'sample.remove': procedure(none, none),
  /** Derives all facts anew from the raw records that remain. */
  'facts.rebuild': procedure(none, z.object({ bodies: z.number() })),
  'settings.read': procedure(none, settings),
  'settings.write': procedure(settings.partial(), settings),
} as const

export type Procedures = typeof procedures
export type ProcedureName = keyof Procedures
/** What a caller passes (defaults may be left out). */
export type Params<N extends ProcedureName> = z.input<Procedures[N]['params']>
/** What a handler receives (defaults filled in). */
export type ParsedParams<N extends ProcedureName> = z.output<Procedures[N]['params']>
export type Value<N extends ProcedureName> = z.output<Procedures[N]['result']>

export { defaultSettings }
