/**
 * The separator that splits a text so that joining gives the same text again: CRLF where every line ends so, else LF, which
 * leaves a stray carriage return at the end of its line.
 */
export function lineEnding(text: string): '\r\n' | '\n' {
  const feeds = text.match(/\n/g)?.length ?? 0
  return feeds > 0 && text.match(/\r\n/g)?.length === feeds ? '\r\n' : '\n'
}

export interface TextChange {
  readonly from: number
  readonly to: number
  readonly insert: string
}

/** The one stretch in which two texts differ; null where they are the same. */
export function changedStretch(before: string, after: string): TextChange | null {
  if (before === after) return null
  const shorter = Math.min(before.length, after.length)
  let from = 0
  while (from < shorter && before[from] === after[from]) from += 1
  let end = 0
  while (end < shorter - from && before.at(-1 - end) === after.at(-1 - end)) end += 1
  return { from, to: before.length - end, insert: after.slice(from, after.length - end) }
}
