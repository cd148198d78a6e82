import { describe, expect, it } from 'vitest'
import { ago, clockMs, day, exactTime, span } from '../../../../src/renderer/format/time.ts'

const at = (...parts: [number, number, number, number?, number?, number?, number?]): number =>
  new Date(parts[0], parts[1], parts[2], parts[3] ?? 0, parts[4] ?? 0, parts[5] ?? 0, parts[6] ?? 0).getTime()
const now = at(2026, 10, 20, 15)

describe('moments', () => {
  it('names the days that people name', () => {
    expect(day(at(2026, 10, 20, 0, 0, 1), now)).toBe('Today')
    expect(day(at(2026, 10, 19, 23, 59), now)).toBe('Yesterday')
    expect(day(at(2026, 10, 13), now)).toBe('13 Nov')
    expect(day(at(2025, 10, 13), now)).toBe('13 Nov 2025')
  })

  it('names the second day of a stretch only where it is another', () => {
    expect(span(at(2026, 10, 20, 14, 2, 11), at(2026, 10, 20, 14, 13, 15), now)).toBe('Today 14:02:11 – 14:13:15')
    expect(span(at(2026, 10, 19, 23, 59), at(2026, 10, 20, 0, 1), now)).toBe('Yesterday 23:59:00 – Today 00:01:00')
  })

  it('keeps milliseconds where they matter', () => {
    expect(clockMs(at(2026, 10, 20, 14, 2, 11, 40))).toBe('14:02:11.040')
    expect(exactTime(at(2026, 0, 2, 3, 4, 5, 6))).toBe('2026-01-02 03:04:05.006')
  })

  it('says how long ago something was', () => {
    const seconds = [0, 12, 240, 10_800, 172_800]
    expect(seconds.map((s) => ago(now - s * 1000, now))).toEqual(['now', '12 s ago', '4 m ago', '3 h ago', '2 d ago'])
  })
})
