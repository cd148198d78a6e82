import { z } from 'zod'
import * as alerts from './alerts.ts'
import { rule } from '../model/alerts/rule.ts'
import * as batches from './batches.ts'
import { compareResult } from './compare.ts'
import * as conversation from './conversation.ts'
import * as config from './config.ts'
import * as exchange from './exchange.ts'
import * as explore from './explore.ts'
import * as fixes from './fixes.ts'
import * as forwarding from './forwarding.ts'
import * as history from './history.ts'
import * as findings from './findings.ts'
import { newNames } from './health.ts'
import * as limits from './limits.ts'
import { ledgerResult, percentileParams, percentileResult } from './ledger.ts'
import { logsParams, logsResult, recordParams, recordResult } from './logs.ts'
import { byUser, markParams } from '../model/session/by-user.ts'
import * as panels from './panels.ts'
import * as projects from './projects.ts'
import { priceOverride, pricesResult } from './prices.ts'
import { bytes, procedure } from './procedure.ts'
import { receiptsResult } from './receipts.ts'
import { sessionGetResult, sessionListParams, sessionListResult } from './session.ts'
import { defaultSettings, settings } from './settings.ts'
import { ofSource } from './source.ts'
import { spanEventsParams, spanEventsResult } from './span-events.ts'
import { processSpans, status } from './status.ts'
import * as receivers from './receivers.ts'
import * as store from './store.ts'
import { teamDraft, teamShown, teamState, teamStop, teamTested } from './team.ts'
import { rawSpanRow, rowDetails, rowRef, searchParams, searchResult, treeResult } from './tree.ts'
import { turnsResult } from './turns.ts'
import * as words from './words.ts'

const none = z.object({})
const byId = z.object({ id: z.string() })
const byExport = z.object({ exportId: z.string() })

/** Every procedure, once. Client and handler types are derived from this list. */
export const procedures = {
  /** Addresses of the receivers, counters by signal and client, the size of the store. */
  status: procedure(none, status),
  /** Sessions, newest first. */
  'session.list': ofSource(sessionListParams, sessionListResult),
  'session.get': ofSource(byId, sessionGetResult),
  /** What the user says of a session: name, star, note, tags. It outlives rebuilding, reading anew and forgetting. */
  'session.mark': ofSource(markParams, byUser),
  /** Deletes a session with its helpers, and all that is stored of them; what arrives of them later is refused. */
  'session.remove': procedure(byId, z.object({ helpers: z.number().int().nonnegative() })),
  /** Sessions that were deleted so, the latest first. */
  'removed.list': procedure(none, z.object({ sessions: z.array(store.removedSession) })),
  /** What arrives of it is taken again, and its session file is read anew. What was stored does not come back. */
  'removed.forget': procedure(byId, none),
  /** The folded rows of a session and of the helpers below it, in display order. */
  'session.tree': ofSource(byId, treeResult),
  /**
   * The same rows as one block of columns (`model/block/session-block.ts`), with the raw spans behind them or without; without
   * them no row knows how many it stands for, and the answer does not depend on how many there are.
   */
  'session.block': ofSource(z.object({ id: z.string(), spans: z.boolean() }), bytes),
  /** Rows, raw spans and logs of a session in which the words occur, case ignored. */
  'session.search': ofSource(searchParams, searchResult),
  /** The raw spans that one folded row stands for. */
  'session.spans': ofSource(rowRef, z.object({ spans: z.array(rawSpanRow) })),
  /** What is known of one folded row: facts, arguments and output, logs, raw JSON. */
  'session.row': ofSource(rowRef, rowDetails),
  /** Where the time of a session and of each of its turns went: shares that add up to the wall time. */
  'session.ledger': ofSource(byId, ledgerResult),
  /** Why a session was slow or expensive, what that cost, and what would help: one sentence, and its findings. */
  'session.findings': ofSource(byId, findings.findingsResult),
  /** What was said and done in a session, read from Codex's own files when it is asked for. */
  'session.conversation': ofSource(conversation.conversationParams, conversation.conversationResult),
  /** A text of it whole. */
  'conversation.text': ofSource(conversation.conversationTextParams, conversation.conversationTextResult),
  /** Where words occur in it. */
  'conversation.find': ofSource(conversation.conversationFindParams, conversation.conversationFindResult),
  /** Turn by turn: prompt, calls, tools, decisions, errors, in order. */
  'session.turns': ofSource(byId, turnsResult),
  /** The log records of a session, in order of time. */
  'session.logs': ofSource(logsParams, logsResult),
  /** What each response would cost over the API, with the price row that says so. */
  'session.receipts': ofSource(byId, receiptsResult),
  'session.compare': ofSource(z.object({ a: z.string(), b: z.string() }), compareResult),
  /** A log record whole, with its resource and scope, in OTLP/JSON's field names. */
  'record.get': ofSource(recordParams, recordResult),
  /** How a call's running time ranks among all of its kind that are known. */
  'call.percentile': ofSource(percentileParams, percentileResult),
  /** One raw span whole, with its resource and scope, in OTLP/JSON's field names. */
  'span.get': ofSource(z.object({ traceId: z.string(), spanId: z.string() }), z.object({ span: z.unknown() })),
  /** When the events of some spans were, and their names. */
  'span.events': ofSource(spanEventsParams, spanEventsResult),
  /** Spans of traces that name no conversation. */
  'process.list': ofSource(none, z.object({ processes: z.array(processSpans) })),
  /** Opens the bundled sample session: stores it when it is not there yet. */
  'sample.open': procedure(none, z.object({ sessionId: z.string() })),
  'sample.remove': procedure(none, none),
  /** Derives all facts anew from the raw records that remain. */
  'facts.rebuild': procedure(none, z.object({ bodies: z.number() })),
  /**
   * Begins to write a session, with the helpers below it, to a file that `export.read` gives when it is done. Whoever asks
   * for nothing of it for five minutes loses it.
   */
  'export.start': ofSource(exchange.exportParams, exchange.startedExport),
  /** Begins to count what a redaction would take out of a session's records. */
  'export.preview': ofSource(exchange.redactionParams, byExport),
  /** Fails with what an export has failed with, such as `not_found`. */
  'export.progress': procedure(byExport, exchange.exportProgress),
  /** A piece of a file that is done, at most 4 MiB; nothing is left where it is empty. */
  'export.read': procedure(exchange.exportReadParams, bytes),
  /** Stops it where it runs, and removes what was written; of an unknown one nothing is left either. */
  'export.end': procedure(byExport, none),
  /** Stores files that the page was given; answers when all is stored, or stopped. One import runs at a time. */
  'import.files': procedure(exchange.importFilesParams, exchange.importResult),
  /** The same for files of the machine that Colophon runs on. */
  'import.paths': procedure(exchange.importPathsParams, exchange.importResult),
  'import.progress': procedure(none, exchange.importProgress),
  /** Stops a running import and takes back what it has stored. */
  'import.cancel': procedure(none, none),
  /** Takes an import back: its records go, and all facts are derived again from those that are left. */
  'import.takeBack': procedure(z.object({ id: z.number().int() }), none),
  /** Codex's config.toml: what it says, and what holds when every layer is counted. */
  'config.read': procedure(config.configPlace, config.configRead),
  /** Folders that may be Codex's, the one in use first. */
  'config.homes': procedure(none, config.configHomes),
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
  /** What a finding's fix would change in config.toml or in a file of rules, and what Codex itself says of the rule. Writes nothing. */
  'fix.plan': procedure(fixes.fixRequest, fixes.fixPlan),
  /** Writes it, as `config.apply` does; refuses a rule that Codex did not take as meant. */
  'fix.apply': procedure(fixes.fixApply, fixes.fixApplied),
  /** Takes one of them back: the old bytes, or its own part where the file was changed since. */
  'fix.undo': procedure(fixes.fixUndo, config.configUndone),
  'fix.list': procedure(none, fixes.fixList),
  /** Every panel of the dashboards: what it means, its SQL, how it is drawn. */
  'panel.list': ofSource(none, panels.panelListResult),
  /** The rows of one panel for a range of time and filters. */
  'panel.run': ofSource(panels.panelRunParams, panels.panelRunResult),
  'panel.behind': ofSource(panels.panelBehindParams, panels.panelBehindResult),
  /** The values that filters can take among the sessions of a range. */
  'filter.values': ofSource(panels.filterValuesParams, panels.filterValuesResult),
  /** Where received bodies are sent on to; header values masked. */
  'forward.list': procedure(none, forwarding.forwardList),
  /** A new destination, or a change of one; header values that are not given stay. */
  'forward.save': procedure(forwarding.destinationDraft, forwarding.destinationShown),
  /** What waits for it is dropped. */
  'forward.remove': procedure(byId, none),
  /** How much may wait, and for how long. */
  'forward.bound': procedure(forwarding.forwardBound, none),
  /** Sends an empty export request for each signal and tells what is answered. Saves nothing. */
  'forward.test': procedure(forwarding.destinationDraft, forwarding.forwardTest),
  /** How far each destination is. */
  'forward.state': procedure(none, forwarding.forwardState),
  /** Reads Codex's own session files, all there are, whatever the settings say. */
  'history.scan': procedure(history.historyScanParams, history.historyScanned),
  /** Which session files there are, what was read of them, and what is being read. */
  'history.status': procedure(history.historyScanParams, history.historyStatus),
  /** Takes back every fact that came from files, and nothing else; reading is off then. */
  'history.forget': procedure(none, history.historyForgotten),
  /** Where words occur in what was said and done, over all of Codex's session files; nothing until the user has said yes to an index. */
  'history.search': procedure(words.wordsParams, words.foundWords),
  /** How full the windows of the usage limits were and are, how fast they fill, and which sessions moved them. */
  'limit.list': ofSource(limits.limitListParams, limits.limitListResult),
  /** By how much sessions moved the windows. */
  'limit.moves': ofSource(limits.limitMovesParams, limits.limitMovesResult),
  /** Findings of many sessions, added up by kind and subject. */
  'insight.list': ofSource(findings.insightListParams, findings.insightListResult),
  /** The sessions behind one of them. */
  'insight.sessions': ofSource(findings.insightSessionsParams, findings.insightSessions),
  /** Says that a finding is no problem: it stays where it is, and counts nowhere. */
  'finding.dismiss': procedure(findings.findingOf, none),
  /** Takes that back. */
  'finding.restore': procedure(findings.findingOf, none),
  /** Notes that its fix was made by hand, or taken back, so that sessions since can be measured against those before; `fix.apply` and `fix.undo` note it themselves. */
  'finding.fixed': procedure(findings.findingFixed, none),
  /** Sessions grouped by repository, else by folder, with what they started. */
  'project.list': ofSource(projects.projectListParams, projects.projectListResult),
  /** The commits made in a session's folder while it ran, asked of the user's own git. */
  'session.commits': procedure(byId, projects.commitsResult),
  /** Sessions grouped by originator, environment and batch, with what they started. */
  'batch.list': ofSource(batches.batchListParams, batches.batchListResult),
  'batch.members': ofSource(batches.batchMembersParams, batches.batchMembersResult),
  /** Log records of every sender, newest first. */
  'explore.logs': ofSource(explore.exploreLogsParams, explore.exploreLogsResult),
  /** How many there are, by event, level and time. */
  'explore.logFacets': ofSource(explore.logFacetsParams, explore.logFacetsResult),
  /** Failures over all sessions, newest first. */
  'explore.errors': ofSource(explore.exploreErrorsParams, explore.exploreErrorsResult),
  /** Raw spans of every sender, those that arrived last first. */
  'explore.spans': ofSource(explore.exploreSpansParams, explore.exploreSpansResult),
  /** Spans of all sessions added up by name, a step at a time. */
  'explore.spanNames': ofSource(explore.spanNamesParams, explore.spanNamesResult),
  /** Records of a range that hold what looks like a secret, a step at a time: by kind and place, never the secret itself. */
  'explore.secrets': ofSource(explore.exploreSecretsParams, explore.exploreSecretsResult),
  /** A record of these lists whole, in OTLP/JSON's field names. */
  'explore.record': ofSource(explore.recordOfParams, explore.recordOfResult),
  'explore.metricNames': ofSource(none, explore.metricNamesResult),
  /** One metric over time. */
  'explore.metric': ofSource(explore.metricParams, explore.metricResult),
  /** Runs a statement that reads, for at most ten seconds, on a connection that cannot write. */
  'sql.run': procedure(explore.sqlParams, explore.sqlResult),
  /** What such a statement can select from. */
  'sql.schema': procedure(none, explore.sqlSchemaResult),
  /** What has been told of, newest first. */
  'alert.list': procedure(alerts.alertListParams, alerts.alertListResult),
  'alert.seen': procedure(none, none),
  'alert.rules': procedure(none, alerts.ruleListResult),
  /** Adds a rule, or replaces the one with its id. */
  'alert.saveRule': procedure(rule, none),
  'alert.removeRule': procedure(byId, none),
  /** Does once what a rule would do; fails with `unavailable` and why where that does not work. Saves nothing. */
  'alert.test': procedure(alerts.alertTestParams, none),
  /** Names that Codex's records brought, as far as Colophon does not know them or an upgrade brought them. */
  'health.names': procedure(none, newNames),
  /** How the receivers listen; of their token only the end. */
  'receivers.read': procedure(none, receivers.receiversShown),
  'receivers.freePorts': procedure(none, receivers.freePorts),
  /** Refuses with `bad_request`, and leaves everything as it was, where they cannot listen so. */
  'receivers.write': procedure(receivers.receiversDraft, receivers.receiversWritten),
  /** Takes away what the settings for retention no longer keep, in short steps; answers before it is done. */
  'retention.prune': procedure(none, store.storeState),
  'retention.state': procedure(none, store.storeState),
  /** Gives the space of what is gone back to the system; answers before it is done. */
  'store.compact': procedure(store.compactParams, store.storeState),
  /** Copies the database to a new file; answers before it is done. */
  'store.backup': procedure(store.backupParams, store.storeState),
  /** Ends what is under way early; what it has done stays. */
  'store.cancel': procedure(none, store.storeState),
  /** Everything that was received, and what waits to be sent on. How Colophon is set up stays. */
  'store.deleteAll': procedure(store.deleteAllParams, store.storeState),
  /** Which prices are in use, the user's own ones, and models without a price. */
  'prices.read': procedure(none, pricesResult),
  /** Sets the user's own price of a model; every session is priced anew. */
  'prices.override': procedure(priceOverride, none),
  'prices.forget': procedure(z.object({ model: z.string() }), none),
  /** Fetches the published price data: the only one here that goes to the network, because the user asked for it. */
  'prices.update': procedure(none, pricesResult),
  /** Puts price data to use that was fetched elsewhere: JSON in the form of @pydantic/genai-prices. */
  'prices.keep': procedure(z.object({ json: z.string().max(20 * 1024 * 1024) }), none),
  /** Goes back to the prices that came with the product. */
  'prices.restore': procedure(none, none),
  'prices.recompute': procedure(none, none),
  'settings.read': procedure(none, settings),
  'settings.write': procedure(settings.partial(), settings),
  /** The team whose sessions `source: 'team'` asks of. */
  'team.read': procedure(none, teamShown),
  /** Sets it up; a password that is not given stays. */
  'team.save': procedure(teamDraft, teamShown),
  'team.forget': procedure(none, teamShown),
  /** What is there and what is missing, in words. Saves nothing. */
  'team.test': procedure(teamDraft, teamTested),
  /** What is being read of the team's ClickHouse for so long that somebody waits for it. */
  'team.state': procedure(none, teamState),
  /** Gives up whatever is being asked of it, there as well; who waits for that is told so. */
  'team.stop': procedure(teamStop, z.object({})),
} as const

export type Procedures = typeof procedures
export type ProcedureName = keyof Procedures
/** What a caller passes (defaults may be left out). */
export type Params<N extends ProcedureName> = z.input<Procedures[N]['params']>
/** What a handler receives (defaults filled in). */
export type ParsedParams<N extends ProcedureName> = z.output<Procedures[N]['params']>
export type Value<N extends ProcedureName> = z.output<Procedures[N]['result']>

export { defaultSettings }
