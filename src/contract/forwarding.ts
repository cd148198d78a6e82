import { z } from 'zod'
import { destinationFields, headerName, headerValue } from '../model/forwarding/destination.ts'
import { signal } from '../model/signal.ts'

const count = z.number().int().nonnegative()
const moment = z.number().nullable()

/** In an object of names there is no place for it: its value would be lost on the way. */
const newHeaderName = headerName.refine((name) => name !== '__proto__', 'a header cannot be called __proto__ here')

/** A destination to write. Without `id` a new one. */
export const destinationDraft = z.object({
  id: z.string().min(1).max(100).optional(),
  ...destinationFields,
  /** A value of null keeps the one that is stored under the name. */
  headers: z.array(z.object({ name: newHeaderName, value: headerValue.nullable() })).max(30),
})

export const destinationShown = z.object({
  id: z.string(),
  ...destinationFields,
  /** Masked: a value never leaves the engine whole, except to its endpoint. */
  headers: z.array(z.object({ name: z.string(), masked: z.string() })),
})

/** What may wait for destinations: older bodies are dropped, oldest first. */
export const forwardBound = z.object({
  maxBytes: z.number().int().min(1_048_576).max(1_099_511_627_776),
  maxAgeHours: z.number().int().min(1).max(8760),
})

export const forwardList = z.object({ destinations: z.array(destinationShown), bound: forwardBound })

export const forwardTest = z.object({
  /** An empty export request for each signal, and its answer. */
  answers: z.array(z.object({ signal, ok: z.boolean(), message: z.string(), durationMs: z.number() })),
})

/** `waiting`: as the endpoint asked. `failing`: after an attempt that failed. `off`: the destination is switched off. */
export const laneStates = ['idle', 'sending', 'waiting', 'failing', 'off'] as const

/** One signal of one destination. Counts are records unless their name says otherwise. */
export const forwardLane = z.object({
  destination: z.string(),
  name: z.string(),
  signal,
  state: z.enum(laneStates),
  /** Behind by this much; the age is that of the oldest body that waits. */
  queued: count,
  queuedRequests: count,
  queuedBytes: count,
  oldestMs: moment,
  sent: count,
  sentRequests: count,
  lastSentMs: moment,
  /** By the endpoint, for good: in a partial success, or with an answer that must not be retried. */
  refused: count,
  lastRefusedMs: moment,
  refusal: z.string().nullable(),
  /** Never sent: over the bound, or the destination was switched off. */
  dropped: count,
  droppedBytes: count,
  droppedFromMs: moment,
  droppedToMs: moment,
  /** Why it is waiting or failing. */
  error: z.string().nullable(),
  nextTryMs: moment,
})

export const forwardState = z.object({
  lanes: z.array(forwardLane),
  /** What waits for any destination, on disk. */
  spoolBytes: count,
  bound: forwardBound,
})

export type DestinationDraft = z.output<typeof destinationDraft>
export type DestinationShown = z.infer<typeof destinationShown>
export type ForwardBound = z.infer<typeof forwardBound>
export type ForwardList = z.infer<typeof forwardList>
export type ForwardTest = z.infer<typeof forwardTest>
export type ForwardLane = z.infer<typeof forwardLane>
export type ForwardState = z.infer<typeof forwardState>

export const defaultBound: ForwardBound = { maxBytes: 1_073_741_824, maxAgeHours: 168 }
