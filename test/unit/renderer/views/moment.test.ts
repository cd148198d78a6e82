import { describe, expect, it } from 'vitest'
import { around, rowAtMoment, rowNear } from '../../../../src/renderer/views/session/moment.ts'
import { rows, sessionId, startMs, wallMs } from '../../../e2e/chromium/fake-session.ts'

describe('a moment of a session', () => {
  it('belongs to the row that began last of those under way', () => {
    expect(rowAtMoment(rows, sessionId, startMs + 0.02 * wallMs)?.detail).toBe('gpt-5.5 · 9.1k in, 70 % cached')
    expect(rowAtMoment(rows, sessionId, startMs + 0.3 * wallMs)?.kind).toBe('session_loop')
  })

  it('belongs to no row before the first, and to none of another session', () => {
    expect(rowAtMoment(rows, sessionId, startMs - 1)).toBeNull()
    expect(rowAtMoment(rows, 'another', startMs + 1)).toBeNull()
  })

  it('is that of the nearest row of a kind, where one is wanted', () => {
    const calls = rows.filter(({ kind }) => kind === 'api_call')
    const [first, second] = calls
    const endOf = (row: typeof first): number => (row?.startMs ?? 0) + (row?.durationMs ?? 0)
    expect(rowNear(rows, sessionId, endOf(first), 'api_call')).toBe(first)
    expect(rowNear(rows, sessionId, endOf(first) + 0.5, 'api_call')).toBe(first)
    expect(rowNear(rows, sessionId, (second?.startMs ?? 0) - 0.5, 'api_call')).toBe(second)
    expect(rowNear(rows, 'another', startMs, 'api_call')).toBeNull()
  })

  it('shows with the seconds around it, and never beyond the session', () => {
    const whole = { startMs: 0, endMs: 100_000 }
    expect(around(50_000, whole)).toEqual({ startMs: 45_000, endMs: 55_000 })
    expect(around(100, whole)).toEqual({ startMs: 0, endMs: 10_000 })
    expect(around(100_000, whole)).toEqual({ startMs: 90_000, endMs: 100_000 })
    expect(around(500, { startMs: 0, endMs: 1000 })).toEqual({ startMs: 0, endMs: 1000 })
  })
})
