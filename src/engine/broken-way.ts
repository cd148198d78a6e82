/** Whoever asks again may well be answered. */
export const brokeOff = 'the connection broke off'

/** What a system or a library calls a broken way to another machine, and what a person understands. */
const words: readonly (readonly [RegExp, string])[] = [
  [/ECONNREFUSED/, 'nobody listens at this address'],
  [/ENOTFOUND|EAI_AGAIN/, 'no machine of this name is known'],
  [/EHOSTUNREACH|ENETUNREACH|ETIMEDOUT/, 'the way to it is closed'],
  [/timeout error/i, 'it has said nothing for too long'],
  [/socket hang up|ECONNRESET|EPIPE|aborted|premature close|other side closed/i, brokeOff],
  [/CERT_HAS_EXPIRED|CERT_NOT_YET_VALID/, 'its certificate is not valid today'],
  [/ALTNAME/i, 'its certificate is of another name'],
  [/self[- ]signed|unable to (get|verify)/i, 'its certificate is not trusted: nobody knows here who made it'],
  [/certificate|ERR_TLS/i, 'its certificate is not trusted'],
]

/** A failed connection, HTTP's or another's, in words with what was said of it; what is not known is told as it was said. */
export function brokenWay(error: unknown): string {
  const said = saidBy(error)
  const why = whyBroken(error)
  return why === null ? said : `${why} (${said})`
}

export const noAnswerWithin = (seconds: number): string => `no answer within ${String(seconds)} s`

/** Why a request that `AbortSignal.timeout(timeoutMs)` ends was not answered. */
export function whyUnanswered(error: unknown, timeoutMs: number): string {
  const isTooLate = error instanceof Error && error.name === 'TimeoutError'
  return isTooLate ? noAnswerWithin(timeoutMs / 1000) : brokenWay(error)
}

/** The words alone; null where they are not known. */
export function whyBroken(error: unknown): string | null {
  const codes = parts(error).map((part) => (part instanceof Error && 'code' in part ? String(part.code) : ''))
  // Not every message names its code.
  const said = `${codes.join(' ')} ${saidBy(error)}`
  return words.find(([pattern]) => pattern.test(said))?.[1] ?? null
}

/** `localhost` fails as a group of addresses, and what `fetch` throws as a cause: both have no words of their own. */
function parts(error: unknown): readonly unknown[] {
  if (error instanceof AggregateError && error.errors.length > 0) return error.errors.flatMap(parts)
  if (error instanceof TypeError && error.cause instanceof Error) return parts(error.cause)
  return [error]
}

function saidBy(error: unknown): string {
  return parts(error)
    .map((part) => (part instanceof Error ? part.message : String(part)))
    .join('; ')
}
