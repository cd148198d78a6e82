export interface RequestTried {
  /** When the log of its end was written: for one that was answered, with the response's headers. */
  readonly at: number
  readonly success: boolean
  readonly durationMs: number | null
}

export interface AnsweredRequest {
  /** When it was sent. */
  readonly begun: number
  /** When its headers came: Codex's `ttft_ms` counts from there. */
  readonly headersAt: number
}

/**
 * The request of a try (`codex.sampling`) that was answered. One try holds the requests that failed with a 5xx as well: until the one
 * that was answered began, it was retrying. `within` are those of the try, in order of time.
 */
export function answeredRequest(tryStart: number, within: readonly RequestTried[]): AnsweredRequest {
  const answered = within.findLast(({ success }) => success)
  if (answered === undefined) return { begun: tryStart, headersAt: tryStart }
  const begun = within.every(({ success }) => success) ? tryStart : answered.at - (answered.durationMs ?? 0) * 1e6
  return { begun, headersAt: answered.at }
}

/** Where no span tells of a try, the request's own log does, if it says how long that took. */
export function requestOfLog({ at, durationMs }: RequestTried): AnsweredRequest | null {
  return durationMs === null ? null : { begun: at - durationMs * 1e6, headersAt: at }
}
