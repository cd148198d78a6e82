/** What an answer means for the body that it answers: it is done with, or may be sent again. */
export type Verdict = 'sent' | 'refused' | 'retry'

const retryableHttp = new Set([429, 502, 503, 504])

/**
 * OTLP/HTTP, "Retryable Response Codes": no other 4xx or 5xx is sent again. Of redirects the specification says nothing;
 * they are not followed, and the body waits for the URL to be put right.
 */
export function httpVerdict(status: number): Verdict {
  if (status >= 200 && status < 300) return 'sent'
  return retryableHttp.has(status) || status < 400 ? 'retry' : 'refused'
}

/** CANCELLED, DEADLINE_EXCEEDED, ABORTED, OUT_OF_RANGE, UNAVAILABLE, DATA_LOSS. */
const retryableGrpc = new Set([1, 4, 10, 11, 14, 15])
const resourceExhausted = 8

/** OTLP/gRPC, "Failures": RESOURCE_EXHAUSTED only where RetryInfo says that it passes. */
export function grpcVerdict(code: number, hasRetryInfo: boolean): Verdict {
  if (code === 0) return 'sent'
  return retryableGrpc.has(code) || (code === resourceExhausted && hasRetryInfo) ? 'retry' : 'refused'
}

/** An endpoint that asks for more is asked again after this, lest a wrong clock stop it for good. */
export const longestWaitMs = 3_600_000

/** Retry-After as seconds or as a date (RFC 9110, 10.2.3); null where it is neither. */
export function retryAfterMs(header: string | undefined, nowMs: number): number | null {
  const text = header?.trim() ?? ''
  if (/^\d{1,10}$/.test(text)) return atMost(Number(text) * 1000)
  const atMs = /^[A-Z][a-z]{2,8}, .* GMT$/.test(text) ? Date.parse(text) : NaN
  return Number.isNaN(atMs) ? null : atMost(Math.max(0, atMs - nowMs))
}

export function atMost(ms: number): number {
  return Math.min(ms, longestWaitMs)
}

export interface Backoff {
  readonly firstMs: number
  readonly mostMs: number
}

export const defaultBackoff: Backoff = { firstMs: 1000, mostMs: 60_000 }

/**
 * How long to wait after the n-th failure in a row (1 for the first): doubling, and half of it up to half more by chance, so that
 * senders which failed together do not come back together. `random` is in [0, 1).
 */
export function backoffMs(failures: number, random: number, { firstMs, mostMs }: Backoff = defaultBackoff): number {
  const step = Math.min(mostMs, firstMs * 2 ** Math.min(failures - 1, 30))
  return Math.min(mostMs, Math.round(step * (0.5 + random)))
}
