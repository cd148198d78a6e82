import { brokeOff, brokenWay, whyBroken } from '../engine/broken-way.ts'

/** The server is still at it, for all we know. */
export function isTooLong(error: unknown): boolean {
  return error instanceof Error && /timeout error/i.test(error.message)
}

/** Whoever asks again may well be answered: a server or a proxy closes connections that lay idle just when one of them is used. */
export function hasBrokenOff(error: unknown): boolean {
  return whyBroken(error) === brokeOff
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
  return whyBroken(error) === null ? error : new Error(brokenWay(error), { cause: error })
}

/** The tables are not what they were when they were looked at: 47 a column, 60 a table, 81 a database that is not there. */
export function isOtherTables(error: unknown): boolean {
  return error instanceof Error && 'code' in error && ['47', '60', '81'].includes(String(error.code))
}
