import { text } from '../../attributes.ts'
import { countOf } from '../../counts.ts'
import type { EventReader } from './event.ts'

/** When a phase of a thread's start is over: making it, its prewarmed connection. */
export const startupPhase: EventReader = {
  name: 'codex.startup_phase',
  counts: ['duration_ms'],
  facts: ({ sessionId, atNs, attributes }) => {
    const phase = text(attributes, 'startup.phase')
    const durationMs = countOf(attributes, 'duration_ms')
    if (sessionId === null || phase === null || durationMs === null) return []
    const startNs = atNs - BigInt(durationMs) * 1_000_000n
    return [{ fact: 'startup_phase', sessionId, phase, startNs: startNs < 0n ? 0n : startNs, endNs: atNs }]
  },
  summary: (attributes) =>
    ['startup.phase', 'startup.status']
      .map((key) => text(attributes, key))
      .filter((part) => part !== null)
      .join(' · '),
}
