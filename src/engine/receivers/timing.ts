/** How long a receiver waits for a sender, in milliseconds. */
export interface Timing {
  /** From the first byte of a request to the end of its header. */
  readonly headerMs: number
  /** From the end of the header to the end of the body. */
  readonly bodyMs: number
  /** For a sender to stop after its request was refused, so that it gets to read the answer. */
  readonly drainMs: number
  /** For requests in flight when the receiver closes. */
  readonly closeMs: number
  /** For the next request on an open connection. */
  readonly idleMs: number
}

/**
 * The idle time outlasts what a sender keeps a connection open by itself (90 s in Codex's HTTP client, exports every 60 s
 * at most): were the receiver the first to close, a request could cross the closing, and Codex does not send it again.
 */
export const defaultTiming: Timing = {
  headerMs: 30_000,
  bodyMs: 30_000,
  drainMs: 2_000,
  closeMs: 3_000,
  idleMs: 300_000,
}
