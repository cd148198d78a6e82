import { watchDebounced } from '@vueuse/core'
import { onScopeDispose, shallowRef } from 'vue'
import type { Ref } from 'vue'
import type { Value } from '../../contract/index.ts'
import { spansAtOnce } from '../../contract/span-events.ts'
import { useBridge } from '../bridge/index.ts'
import { idOf, spanOfId } from './entries.ts'
import type { Line } from './lines.ts'
import type { SessionData } from './session-data.ts'
import type { LineEvents, SpanEvent } from './span-events.ts'

type Known = Pick<Value<'span.events'>['spans'][number], 'events' | 'left'>

/** Of so many spans of one line the events are drawn. */
const spansOfOne = 50
/** Spans of one view: a view of turns that each have hundreds does not ask for all of them. */
const spansOfView = 3 * spansAtOnce
const restMs = 120

const nothing: Known = { events: [], left: 0 }
const none: LineEvents = { events: [], spansLeft: 0, eventsLeft: 0 }

/**
 * When the events of the spans in view were. Their times lie in the stored bodies, so only those that somebody looks at are
 * asked for, once the view rests, and each once: a span that has been received never changes.
 */
export function useSpanEvents(
  data: () => SessionData,
  lines: Readonly<Ref<readonly Line[]>>,
): (line: Line) => LineEvents {
  const bridge = useBridge()
  const known = shallowRef<ReadonlyMap<string, Known>>(new Map())
  let isAsking = false
  let isOver = false
  onScopeDispose(() => (isOver = true))

  const drawn = ({ eventSpans }: Line): readonly number[] => [...eventSpans.subarray(0, spansOfOne)]
  const idOfSpan = (span: number): string => idOf(data(), ~span)

  function missing(): readonly string[] {
    const wanted = lines.value.flatMap(drawn).slice(0, spansOfView).map(idOfSpan)
    return wanted.filter((id) => !known.value.has(id)).slice(0, spansAtOnce)
  }

  async function ask(): Promise<void> {
    if (isAsking) return
    isAsking = true
    for (let ids = missing(); ids.length > 0 && !isOver; ids = missing()) {
      const result = await bridge.invoke('span.events', { spans: ids.map(spanOfId).filter((ref) => ref !== null) })
      if (!result.ok) break
      const next = new Map(known.value)
      // What is not stored any more has no times, and is not asked for again.
      for (const id of ids) next.set(id, nothing)
      for (const { traceId, spanId, events, left } of result.value.spans)
        next.set(`raw/${traceId}/${spanId}`, { events, left })
      known.value = next
    }
    isAsking = false
  }
  watchDebounced(lines, () => void ask(), { debounce: restMs, immediate: true })

  return (line) => {
    const { eventSpans } = line
    if (eventSpans.length === 0) return none
    const found: SpanEvent[] = []
    let eventsLeft = 0
    let unknown = 0
    for (const span of drawn(line)) {
      const of = known.value.get(idOfSpan(span))
      if (!of) unknown++
      eventsLeft += of?.left ?? 0
      for (const { name, timeMs } of of?.events ?? []) found.push({ name, timeMs, span })
    }
    const spansLeft = Math.max(0, eventSpans.length - spansOfOne) + unknown
    return { events: found.sort((a, b) => a.timeMs - b.timeMs), spansLeft, eventsLeft }
  }
}
