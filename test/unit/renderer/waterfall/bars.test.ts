import { describe, expect, it } from 'vitest'
import { untimedWords } from '../../../../src/model/tree/words.ts'
import { barLabel, barStretches, labelPlace } from '../../../../src/renderer/waterfall/bars.ts'
import { scaleOf } from '../../../../src/renderer/waterfall/scale.ts'
import { treeRow } from './tree-rows.ts'

const scale = scaleOf({ startMs: 0, endMs: 1000 }, 500)

describe('bars', () => {
  const parted = treeRow('a', {
    startMs: 100,
    durationMs: 400,
    parts: [
      { kind: 'wait_user', startMs: 100, durationMs: 300 },
      { kind: 'tool_run', startMs: 400, durationMs: 100 },
    ],
  })

  it('lays the parts over the whole of the bar', () => {
    expect(barStretches(parted, scale, 1000)).toEqual([
      { x: 50, width: 200, colour: '--idle' },
      { x: 50, width: 150, colour: '--wait' },
      { x: 200, width: 50, colour: '--tool' },
    ])
  })

  it('is of one colour where an attribute gives it', () => {
    expect(barStretches(parted, scale, 1000, 'hue-3')).toEqual([{ x: 50, width: 200, colour: 'hue-3' }])
  })

  it('shows the longest part where there is no room for all', () => {
    const parts = [
      { kind: 'tool_queue', startMs: 0, durationMs: 0.1 },
      { kind: 'tool_run', startMs: 0.1, durationMs: 0.9 },
    ] as const
    const row = treeRow('a', { durationMs: 1, parts: [...parts] })
    expect(barStretches(row, scale, 1000)).toEqual([{ x: 0, width: 3, colour: '--tool' }])
  })

  it('draws an open bar to the edge of time', () => {
    const [bar] = barStretches(treeRow('a', { startMs: 500, durationMs: null }), scale, 900)
    expect(bar).toMatchObject({ x: 250, width: 200 })
  })

  it('draws nothing out of view, and cuts what reaches far out of it', () => {
    expect(barStretches(treeRow('a', { startMs: 2000 }), scale, 2000)).toEqual([])
    const [bar] = barStretches(treeRow('a', { startMs: -1e9, durationMs: 2e9 }), scale, 1000)
    expect(bar).toMatchObject({ x: -8, width: 516 })
  })

  it('says how long it took, of an open bar so far while the session lives, and else that its end is not known', () => {
    expect(barLabel(treeRow('a', { durationMs: 48_200, note: 'exit 1' }), 0, false)).toBe('48.2 s, exit 1')
    expect(barLabel(treeRow('a', { durationMs: null }), 2000, true)).toBe('2.0 s so far')
    expect(barLabel(treeRow('a', { durationMs: null }), 2000, false)).toBe('end not known')
    const note = `${untimedWords} · failed`
    expect(barLabel(treeRow('a', { durationMs: 0, untimed: true, note }), 2000, false)).toBe(note)
  })

  it('puts the label right of the bar, else left, else inside', () => {
    expect(labelPlace({ x: 100, width: 50 }, 40, 500, false)).toEqual({ x: 155, inside: false })
    expect(labelPlace({ x: 400, width: 90 }, 40, 500, false)).toEqual({ x: 355, inside: false })
    expect(labelPlace({ x: -8, width: 516 }, 40, 500, false)).toEqual({ x: 7, inside: true })
    // Retries and what it waited for stand at its beginning.
    expect(labelPlace({ x: -8, width: 516 }, 40, 500, true)).toEqual({ x: 453, inside: true })
    expect(labelPlace({ x: 2, width: 45 }, 40, 60, true)).toEqual({ x: 9, inside: true })
  })
})
