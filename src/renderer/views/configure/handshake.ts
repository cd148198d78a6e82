import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'
import type { ConfigApplied } from '../../../contract/config.ts'
import type { Status } from '../../../contract/status.ts'

export type Signals = Status['signals']
export type SignalName = keyof Signals

export interface Handshake {
  readonly atMs: number
  readonly applied: ConfigApplied
  /** What had been received of each kind when the file was written. */
  readonly before: Readonly<Record<SignalName, number>>
}

/** Kept while the page is open, so that the lights go on waiting in another view. */
export const useHandshake = defineStore('handshake', () => {
  const handshake = shallowRef<Handshake | null>(null)
  function begin(applied: ConfigApplied, signals: Signals | null): void {
    const before = {
      logs: signals?.logs.records ?? 0,
      traces: signals?.traces.records ?? 0,
      metrics: signals?.metrics.records ?? 0,
    }
    handshake.value = { atMs: Date.now(), applied, before }
  }
  /** Somebody waits for the first of each kind to come. */
  const awaitsFirst = ref(false)
  function awaitFirst(): void {
    awaitsFirst.value = true
  }
  function end(): void {
    handshake.value = null
  }
  return { handshake, awaitsFirst, awaitFirst, begin, end }
})

/** Codex exports metrics once a minute, and when it ends. */
const metricsEveryMs = 60_000

/** `waiting`: since the file was written, or ever where it was not; `due`: others came, and metrics follow within a minute. */
export type LightState = 'waiting' | 'due' | 'arrived'

export function lightState(name: SignalName, signals: Signals, handshake: Handshake | null, nowMs: number): LightState {
  // A restart of the host counts anew: then any record is a new one.
  const arrived = (each: SignalName): boolean =>
    signals[each].records > 0 && signals[each].records !== (handshake?.before[each] ?? 0)
  if (arrived(name)) return 'arrived'
  const others = (['logs', 'traces'] as const).filter(arrived).map((each) => signals[each].lastSeenAtMs ?? 0)
  return name === 'metrics' && others.length > 0 && nowMs - Math.max(...others) < metricsEveryMs ? 'due' : 'waiting'
}
