import type { ForwardLane } from '../../../../contract/forwarding.ts'
import { duration } from '../../../format/duration.ts'
import { bytes, compact, counted } from '../../../format/number.ts'
import { span } from '../../../format/time.ts'

export const stateWords: Readonly<Record<ForwardLane['state'], string>> = {
  idle: 'up to date',
  sending: 'sending',
  waiting: 'asked to wait',
  failing: 'failing',
  off: 'off',
}

/** `12.4k records, 3 m 20 s`: how many it is behind by, and how long. */
export function lag(lane: ForwardLane, nowMs: number): string {
  if (lane.queued === 0 && lane.queuedRequests === 0) return '0'
  const age = lane.oldestMs === null ? '' : `, ${duration(Math.max(0, nowMs - lane.oldestMs))}`
  return `${compact(lane.queued)} ${lane.queued === 1 ? 'record' : 'records'}${age}`
}

/** Why it does not go on, and when it is tried again. */
export function trouble({ error, nextTryMs }: ForwardLane, nowMs: number): string {
  if (error === null) return ''
  const seconds = Math.round(((nextTryMs ?? nowMs) - nowMs) / 1000)
  if (seconds < 1) return error
  return `${error}; again in ${seconds < 60 ? `${seconds} s` : duration(seconds * 1000)}`
}

/** What was never sent, how much, and when it had been received. */
export function droppedWords(lane: ForwardLane, nowMs: number): string {
  if (lane.dropped === 0) return ''
  const { droppedFromMs: from, droppedToMs: to } = lane
  const when = from === null || to === null ? '' : `, received ${span(from, to, nowMs)}`
  return `${counted(lane.dropped, 'record')} never sent (${bytes(lane.droppedBytes)})${when}`
}

/** One state for several signals: the one that needs a look first. */
export function worst(lanes: readonly ForwardLane[]): ForwardLane | undefined {
  const order = ['failing', 'waiting', 'sending', 'idle', 'off'] as const
  return [...lanes].sort((a, b) => order.indexOf(a.state) - order.indexOf(b.state))[0]
}
