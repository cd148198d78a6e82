const brokenOff = /socket hang up|ECONNRESET|EPIPE|aborted|premature close/i

/** What a system or a library calls a broken way to a server, and what a person understands. */
const words: readonly (readonly [RegExp, string])[] = [
  [/ECONNREFUSED/, 'nobody listens at this address'],
  [/ENOTFOUND|EAI_AGAIN/, 'no machine of this name is known'],
  [/EHOSTUNREACH|ENETUNREACH|ETIMEDOUT/, 'the way to it is closed'],
  [/timeout error/i, 'it has said nothing for too long'],
  [brokenOff, 'the connection broke off'],
  [
    /self[- ]signed|unable to (get|verify)|certificate|ERR_TLS/i,
    'its certificate is not trusted: name the authority that made it',
  ],
]

/** The server is still at it, for all we know. */
export function isTooLong(error: unknown): boolean {
  return error instanceof Error && /timeout error/i.test(error.message)
}

/** Whoever asks again may well be answered: a server or a proxy closes connections that lay idle just when one of them is used. */
export function hasBrokenOff(error: unknown): boolean {
  return error instanceof Error && brokenOff.test(codeAndWords(error))
}

/** The server's own words stay; those of the way to it are explained, with what they were. */
export function explained(error: unknown): Error {
  if (!(error instanceof Error)) return new Error(String(error))
  const code = 'code' in error ? String(error.code) : ''
  // ClickHouse numbers its errors, and says what is wrong itself; then which question it was, at length.
  if (/^\d+$/.test(code)) {
    const [said = ''] = error.message.split(' in scope ')
    return said === error.message ? error : Object.assign(new Error(said, { cause: error }), { code })
  }
  const said = codeAndWords(error)
  const found = words.find(([pattern]) => pattern.test(said))
  return found === undefined ? error : new Error(`${found[1]} (${error.message})`, { cause: error })
}

const codeAndWords = (error: Error): string => `${'code' in error ? String(error.code) : ''} ${error.message}`

/** The tables are not what they were when they were looked at: 47 a column, 60 a table, 81 a database that is not there. */
export function isOtherTables(error: unknown): boolean {
  return error instanceof Error && 'code' in error && ['47', '60', '81'].includes(String(error.code))
}
