import { expect, test } from 'vitest'
import { unpackSession } from '../../../src/model/block/session-block.ts'
import { idOf, spanOfId } from '../../../src/renderer/waterfall/entries.ts'
import { sessionData } from '../../../src/renderer/waterfall/session-data.ts'
import { spansWithEvents } from '../../../src/renderer/waterfall/span-events.ts'
import { withCaptures } from './stored-captures.ts'

interface Recorded {
  readonly record: { readonly events?: readonly { readonly name: string; readonly timeUnixNano: string }[] }
}

test('the events of spans are those of their records, in order of time, for the spans that the block marks', () =>
  withCaptures(['01_code_multi'], ({ reader, user }) => {
    const data = sessionData(unpackSession(reader['session.block']({ id: user, spans: true })), null)
    const marked = [...spansWithEvents(data, 0, data.raw?.count ?? 0)].map((span) => spanOfId(idOf(data, ~span)))
    const spans = marked.filter((ref) => ref !== null)
    expect(spans.length).toBeGreaterThan(40)
    const answer = reader['span.events']({ spans: spans.toReversed().slice(0, 100) }).spans
    expect(answer.map(({ spanId }) => spanId)).toEqual(spans.toReversed().map(({ spanId }) => spanId))
    for (const { traceId, spanId, events, left } of answer) {
      const { record } = reader['span.get']({ traceId, spanId }).span as Recorded
      const recorded = (record.events ?? []).map(({ name, timeUnixNano }) => ({
        name,
        ms: Number(BigInt(timeUnixNano) / 1000n) / 1000,
      }))
      expect(left).toBe(0)
      expect(events.map(({ name }) => name)).toEqual(recorded.map(({ name }) => name))
      events.forEach(({ timeMs }, at) => expect(timeMs).toBeCloseTo(recorded[at]?.ms ?? 0, 2))
    }
  }))

test('spans that are not stored have no answer, and the others have theirs', () =>
  withCaptures(['01_code_multi'], ({ reader, user }) => {
    const data = sessionData(unpackSession(reader['session.block']({ id: user, spans: true })), null)
    const [first] = spansWithEvents(data, 0, data.raw?.count ?? 0)
    const known = spanOfId(idOf(data, ~(first ?? 0)))
    const unknown = { traceId: 'f'.repeat(32), spanId: 'f'.repeat(16) }
    const { spans } = reader['span.events']({ spans: known ? [unknown, known] : [] })
    expect(spans.map(({ spanId }) => spanId)).toEqual([known?.spanId])
  }))
