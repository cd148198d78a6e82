import { describe, expect, it } from 'vitest'
import { lightState } from '../../../../../src/renderer/views/configure/handshake.ts'
import type { Handshake, Signals } from '../../../../../src/renderer/views/configure/handshake.ts'

const none = { requests: 0, records: 0, bytes: 0, refused: 0, repeated: 0, cut: 0, edited: 0, lastSeenAtMs: null }
const signals = (logs: number, traces: number, metrics: number, lastSeenAtMs = 1000): Signals => ({
  logs: { ...none, records: logs, lastSeenAtMs },
  traces: { ...none, records: traces, lastSeenAtMs },
  metrics: { ...none, records: metrics, lastSeenAtMs },
})
const handshake = (logs: number, traces: number, metrics: number): Handshake => ({
  atMs: 0,
  before: { logs, traces, metrics },
  applied: {
    ...{
      path: '',
      target: '',
      exists: true,
      obstacle: null,
      fingerprint: '',
      changes: [],
      lines: '',
      diff: '',
      text: '',
      flags: '',
      warnings: [],
    },
    ...{ written: true, backup: null },
  },
})

describe('a light', () => {
  it('is on for what was ever received, until Codex is configured', () => {
    expect(lightState('logs', signals(3, 0, 0), null, 2000)).toBe('arrived')
    expect(lightState('traces', signals(3, 0, 0), null, 2000)).toBe('waiting')
  })

  it('then waits for the first new record of its kind', () => {
    expect(lightState('logs', signals(3, 0, 0), handshake(3, 0, 0), 2000)).toBe('waiting')
    expect(lightState('logs', signals(4, 0, 0), handshake(3, 0, 0), 2000)).toBe('arrived')
    // The host was started anew, and counts from nothing.
    expect(lightState('logs', signals(1, 0, 0), handshake(3, 0, 0), 2000)).toBe('arrived')
  })

  it('says of metrics that they are due within the minute after the others', () => {
    expect(lightState('metrics', signals(4, 0, 9), handshake(3, 0, 9), 2000)).toBe('due')
    expect(lightState('metrics', signals(4, 0, 9), handshake(3, 0, 9), 70_000)).toBe('waiting')
    expect(lightState('traces', signals(4, 0, 9), handshake(3, 0, 9), 2000)).toBe('waiting')
  })
})
