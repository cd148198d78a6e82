import { z } from 'zod'
import { signal } from '../model/signal.ts'
import { trouble } from './troubles.ts'

const count = z.number().int().nonnegative()

/** Counters since the start of this process. `records` are spans, log records or metric points. */
export const counters = z.object({
  requests: count,
  records: count,
  /** Bytes as received, after decompression. */
  bytes: count,
  /** Records refused in a partial success, and requests answered with an error. */
  refused: count,
  /** Bodies recognised as already stored. */
  repeated: count,
  /** Attribute values that were shortened to the limits. */
  cut: count,
  /** Values left out for privacy, before they were stored. */
  edited: count,
  lastSeenAtMs: z.number().nullable(),
})

export const receiver = z.object({
  /** `host:port`; null where the port could not be had. */
  address: z.string().nullable(),
  /** Why it does not listen, in words for a person. */
  error: z.string().nullable(),
  /** Another program has its port; of another Colophon with where its page is, if it serves one. null: its port is free, or it has it. */
  takenBy: z.object({ colophon: z.boolean(), page: z.string().nullable() }).nullable(),
})

export const clientStatus = counters.extend({
  /** Over the last five seconds. */
  recordsPerSecond: z.number(),
  service: z.string(),
  version: z.string(),
  signal,
  transport: z.enum(['http', 'grpc', 'import']),
})

/** A request that was not taken; the same of one sender are one. */
export const refusedRequest = z.object({
  transport: z.enum(['http', 'grpc']),
  /** As it was asked for; '' where nothing could be read. */
  path: z.string(),
  /** The sender's address, and what it calls itself. */
  peer: z.string(),
  agent: z.string(),
  /** Why, and what to change. */
  reason: z.string(),
  requests: count,
  firstMs: z.number(),
  lastMs: z.number(),
})

export const status = z.object({
  version: z.string(),
  pid: count,
  startedAtMs: z.number(),
  dataDir: z.string(),
  receivers: z.object({ grpc: receiver, http: receiver }),
  signals: z.object({ traces: counters, logs: counters, metrics: counters }),
  clients: z.array(clientStatus),
  /** The last requests that were refused, at most 50 kinds, the latest first. */
  refusals: z.array(refusedRequest),
  /** Records a second over the last five seconds. */
  recordsPerSecond: z.object({ traces: z.number(), logs: z.number(), metrics: z.number() }),
  /** How long senders waited for their answer: of the last thousand requests, in milliseconds. */
  acknowledged: z.object({
    /** Requests that the store has not answered yet. */
    waiting: count,
    requests: count,
    p50Ms: z.number().nullable(),
    p99Ms: z.number().nullable(),
    mostMs: z.number().nullable(),
  }),
  /** Of the disk that holds the data folder; null where the system does not tell. */
  diskFreeBytes: z.number().nullable(),
  store: z.object({
    bytes: count,
    spans: count,
    logs: count,
    metricPoints: count,
    bodies: count,
    /** Codex's. */
    sessions: count,
    /** What the dashboard of other applications is drawn from: their sessions, and those of them that sent logs. */
    apps: count,
  }),
  sample: z.boolean(),
  /** What of Colophon itself stopped working since it was started, the newest first; the last thirty. */
  troubles: z.array(trouble),
})

/** Spans of traces that name no conversation, under the process that sent them. */
export const processSpans = z.object({
  service: z.string(),
  version: z.string(),
  traces: count,
  spans: count,
  names: z.array(z.object({ name: z.string(), spans: count })),
})

export type Counters = z.infer<typeof counters>
export type Status = z.infer<typeof status>
export type ProcessSpans = z.infer<typeof processSpans>
