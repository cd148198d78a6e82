import { z } from 'zod'
import { compareResult } from './compare.ts'
import * as config from './config.ts'
import * as exchange from './exchange.ts'
import { ledgerResult, percentileParams, percentileResult } from './ledger.ts'
import { logsParams, logsResult, recordParams, recordResult } from './logs.ts'
import { bytes, procedure } from './procedure.ts'
import { receiptsResult } from './receipts.ts'
import { sessionGetResult, sessionListParams, sessionListResult } from './session.ts'
import { defaultSettings, settings } from './settings.ts'
import { processSpans, status } from './status.ts'
import { rawSpanRow, rowDetails, rowRef, searchResult, treeResult } from './tree.ts'
import { turnsResult } from './turns.ts'

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
  /** Where the time of a session and of each of its turns went: shares that add up to the wall time. */
  'session.ledger': procedure(byId, ledgerResult),
  /** Turn by turn: prompt, calls, tools, decisions, errors, in order. */
  'session.turns': procedure(byId, turnsResult),
  /** The log records of a session, in order of time. */
  'session.logs': procedure(logsParams, logsResult),
  /** What each response would cost over the API, with the price row that says so. */
  'session.receipts': procedure(byId, receiptsResult),
  'session.compare': procedure(z.object({ a: z.string(), b: z.string() }), compareResult),
  /** A log record whole, with its resource and scope, in OTLP/JSON's field names. */
  'record.get': procedure(recordParams, recordResult),
  /** How a call's running time ranks among all of its kind that are known. */
  'call.percentile': procedure(percentileParams, percentileResult),
  /** One raw span whole, with its resource and scope, in OTLP/JSON's field names. */
  'span.get': procedure(z.object({ traceId: z.string(), spanId: z.string() }), z.object({ span: z.unknown() })),
  /** Spans of traces that name no conversation. */
  'process.list': procedure(none, z.object({ processes: z.array(processSpans) })),
  /** Opens the bundled sample session: stores it when it is not there yet. */
  'sample.open': procedure(none, z.object({ sessionId: z.string() })),
  'sample.remove': procedure(none, none),
  /** Derives all facts anew from the raw records that remain. */
  'facts.rebuild': procedure(none, z.object({ bodies: z.number() })),
  /** A session with the helpers below it as a file to save. */
  'session.export': procedure(exchange.exportParams, exchange.exportedFile),
  /** What a redaction would take out of a session's records. */
  'session.redaction': procedure(exchange.redactionParams, exchange.redactionPreview),
  /** Stores files that the page was given; answers when all is stored, or stopped. One import runs at a time. */
  'import.files': procedure(exchange.importFilesParams, exchange.importResult),
  /** The same for files of the machine that Colophon runs on. */
  'import.paths': procedure(exchange.importPathsParams, exchange.importResult),
  'import.progress': procedure(none, exchange.importProgress),
  /** Stops a running import and takes back what it has stored. */
  'import.cancel': procedure(none, none),
  /** Codex's config.toml: what it says, and what holds when every layer is counted. */
  'config.read': procedure(config.configPlace, config.configRead),
  /** A form's changes made to a text that is being edited. Touches no file. */
  'config.draft': procedure(config.configDraft, config.configDrafted),
  /** What a request would change. Writes nothing. */
  'config.plan': procedure(config.configRequest, config.configPlan),
  /** Writes it; refuses with `bad_request` when the file has been changed since the fingerprint was read. */
  'config.apply': procedure(config.configApply, config.configApplied),
  /** Takes the last change back. */
  'config.undo': procedure(config.configUndo, config.configUndone),
  /** Why telemetry would not arrive, or Codex not start. */
  'config.doctor': procedure(config.doctorParams, config.doctorResult),
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
