import { Cursor } from '../../src/engine/otlp/wire/cursor.ts'
import { eachLog } from '../../src/engine/otlp/wire/logs.ts'
import type { Plan } from '../bench/corpus.ts'

/** Places in a body of log records that a copy writes anew, as `planOf` finds them in spans, and where times stand as text. */
export interface LogPlan extends Plan {
  readonly texts: readonly number[]
  /** Records that say of which session they are: Codex's last ones, when it ends, do not. */
  readonly ofSession: number
}

export const timeTextLength = '2026-11-20T09:36:42.123Z'.length

export function logPlanOf(bytes: Buffer): LogPlan {
  const ids: number[] = []
  const times: number[] = []
  let records = 0
  let ofSession = 0
  eachLog(bytes, ({ at, attributes }) => {
    records++
    if (attributes['conversation.id'] !== undefined) ofSession++
    const cursor = new Cursor(bytes, at)
    const end = cursor.length() + cursor.position
    while (cursor.position < end) {
      const tag = cursor.tag()
      const from = cursor.position
      if (tag === 9 || tag === 89) times.push(from)
      else if (tag === 74 || tag === 82) {
        const length = cursor.length()
        for (let half = 0; half < length; half += 8) ids.push(cursor.position + half)
        cursor.position = from
      }
      cursor.skip(tag & 7)
    }
  })
  const text = bytes.toString('latin1')
  const found = (pattern: RegExp): number[] => [...text.matchAll(pattern)].map(({ index }) => index)
  return {
    ...{ bytes, ids, spans: records, ofSession },
    // A record that leaves its time at 0 says when it was observed.
    times: times.filter((at) => bytes.readBigUInt64LE(at) !== 0n),
    uuids: found(/[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/g),
    texts: found(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g),
  }
}
