import { firstOver } from './session-data.ts'
import type { RawColumns, SessionData } from './session-data.ts'
import type { Scale } from './scale.ts'

/** An event of a raw span. */
export interface SpanEvent {
  readonly timeMs: number
  readonly name: string
  /** The span that it is an event of. */
  readonly span: number
}

/** Events of the spans that one line stands for, by time. */
export interface LineEvents {
  readonly events: readonly SpanEvent[]
  /** Spans of the line whose events are not drawn, and events of drawn spans that are left out: there are too many. */
  readonly spansLeft: number
  readonly eventsLeft: number
}

const flagged = new WeakMap<RawColumns, Int32Array>()

/** The spans with events from one place in the columns up to another. */
export function spansWithEvents({ raw }: SessionData, from: number, to: number): Int32Array {
  if (raw === null) return new Int32Array()
  let all = flagged.get(raw)
  if (!all) {
    const { flags } = raw.spans
    const found: number[] = []
    for (let span = 0; span < raw.count; span++) if (((flags[span] ?? 0) & 2) === 2) found.push(span)
    flagged.set(raw, (all = Int32Array.from(found)))
  }
  return all.subarray(firstOver(all, from - 1), firstOver(all, to - 1))
}

export interface EventMark {
  readonly x: number
  readonly isError: boolean
}

const apart = 4

/** A mark for each event in view: one where several fall on one place. */
export function eventMarks(events: readonly SpanEvent[], scale: Scale): readonly EventMark[] {
  const marks: { x: number; isError: boolean }[] = []
  for (const { timeMs, name } of events) {
    const x = scale.toX(timeMs)
    if (x < 0 || x > scale.width) continue
    const last = marks.at(-1)
    const isError = name === 'exception'
    if (!last || x - last.x >= apart) marks.push({ x, isError })
    else last.isError ||= isError
  }
  return marks
}

/** A pointer so far from an event counts as on it. */
const reach = 5

/** The events at a pixel, nearest first. */
export function eventsAt(events: readonly SpanEvent[], scale: Scale, x: number): readonly SpanEvent[] {
  return events
    .map((event) => ({ event, far: Math.abs(scale.toX(event.timeMs) - x) }))
    .filter(({ far }) => far <= reach)
    .sort((a, b) => a.far - b.far)
    .map(({ event }) => event)
}
