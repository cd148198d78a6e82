import { z } from 'zod'
import { sessionSummary } from '../session/summary.ts'

export const sessionFormat = 'colophon.session'

const count = z.number().int().nonnegative()
const text = z.string().nullable()
export const ms = z.number().describe('Unix time in milliseconds, with fractions')
const durationMs = z.number().nonnegative().nullable().describe('milliseconds; null where it is not known')

/**
 * A session as it is told of, without what depends on when one looks or on the prices of the day. The members are
 * named one by one: what lists learn to show later is no part of this version.
 */
export const summary = sessionSummary
  .pick({
    id: true,
    kind: true,
    parentId: true,
    title: true,
    startedAtMs: true,
    lastSeenAtMs: true,
    wallMs: true,
    busyMs: true,
    models: true,
    model: true,
    effort: true,
    prompts: true,
    turns: true,
    apiCalls: true,
    failedApiCalls: true,
    retries: true,
    toolCalls: true,
    failedToolCalls: true,
    wrapperCalls: true,
    nonZeroExits: true,
    cancelledToolCalls: true,
    errors: true,
    tokens: true,
    user: true,
    originator: true,
    terminal: true,
    environment: true,
    appVersion: true,
    service: true,
    folder: true,
    approvalPolicy: true,
    sandboxPolicy: true,
  })
  .extend({ state: z.enum(['done', 'interrupted', 'open']).describe('open: its last turn has no end') })

export const turn = z.object({
  sessionId: z.string(),
  number: count.describe('from 1'),
  turnId: text,
  startMs: ms,
  endMs: ms.nullable(),
  state: z.string().describe('done, interrupted or open'),
  prompt: text.describe('its first 4,000 characters; null where it is not known'),
})

export const apiCall = z.object({
  sessionId: z.string(),
  turnId: text,
  atMs: ms.describe('when the response was complete or failed'),
  durationMs,
  status: z.enum(['completed', 'failed']),
  model: text,
  effort: text,
  inputTokens: count.nullable().describe('cached tokens included; null, as the other counts: not reported'),
  cachedTokens: count.nullable(),
  cacheWriteTokens: count.nullable(),
  outputTokens: count.nullable().describe('reasoning tokens included'),
  reasoningTokens: count.nullable(),
  timeToFirstTokenMs: durationMs,
  serviceTier: text,
  error: text,
})

const attempt = z.object({
  sessionId: z.string(),
  atMs: ms,
  kind: z.enum(['http', 'ws_connect', 'ws_request']),
  attempt: count.describe('as Codex counts, from 0'),
  endpoint: text,
  statusCode: z.number().int().nullable(),
  success: z.boolean(),
  durationMs,
  model: text,
  error: text,
})

export const toolCall = z.object({
  sessionId: z.string(),
  callId: z.string(),
  turnId: text,
  parentCallId: text.describe('the code-mode call that made this one'),
  role: z.enum(['call', 'wrapper']).describe('wrapper: a code-mode script around other calls'),
  tool: text,
  namespace: text,
  mcpServer: text,
  agent: text,
  startMs: ms.nullable(),
  endMs: ms.nullable(),
  durationMs,
  success: z.boolean().nullable(),
  exitCode: z.number().int().nullable(),
  aborted: z.boolean().nullable(),
  summary: text.describe('what was asked of it, on one line'),
})

const decision = z.object({
  sessionId: z.string(),
  callId: z.string(),
  atMs: ms,
  decision: z.string(),
  source: text,
  tool: text,
})

export const compaction = z.object({
  sessionId: z.string(),
  turnId: text,
  spanId: z.string(),
  startMs: ms,
  endMs: ms,
  reason: text,
  phase: text,
})

export const sessionFacts = z.object({
  turns: z.array(turn),
  apiCalls: z.array(apiCall).describe('responses of the model'),
  attempts: z.array(attempt).describe('requests behind them, repeated ones too'),
  toolCalls: z.array(toolCall),
  decisions: z.array(decision).describe('approvals and refusals of tool calls'),
  compactions: z.array(compaction),
})

/** OTLP's own form; members that are not named here may stand there as well. */
const resourceSpans = z.looseObject({ scopeSpans: z.array(z.looseObject({ spans: z.array(z.looseObject({})) })) })
const resourceLogs = z.looseObject({ scopeLogs: z.array(z.looseObject({ logRecords: z.array(z.looseObject({})) })) })

export const otlp = z.object({
  traces: z.object({ resourceSpans: z.array(resourceSpans) }).describe('ExportTraceServiceRequest in OTLP/JSON'),
  logs: z.object({ resourceLogs: z.array(resourceLogs) }).describe('ExportLogsServiceRequest in OTLP/JSON'),
})

/** One session with the helpers below it, as earlier versions wrote it: what Colophon knows of it, and the records that it knows it from. */
export const sessionFileV1 = z.object({
  format: z.literal(sessionFormat),
  version: z.literal(1),
  producer: z.object({ name: z.string(), version: z.string() }),
  session: summary.describe('the session itself'),
  sessions: z.array(summary).describe('the session, then the helpers below it'),
  facts: sessionFacts,
  otlp,
})
