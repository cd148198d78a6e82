import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { criticalPath } from '../../../../src/model/tree/critical-path.ts'
import type { TreeRow } from '../../../../src/model/tree/row.ts'

function row(id: string, startMs: number, durationMs: number | null): TreeRow {
  return {
    ...{
      id,
      parentId: null,
      kind: 'turn',
      label: id,
      detail: '',
      startMs,
      durationMs,
      atMost: false,
      untimed: false,
      status: 'ok',
      spanCount: 1,
      failures: 0,
    },
    ...{ parts: [], note: '', sessionId: 's', turnId: null, callId: null },
  }
}

/** `name from–to` of each stretch, earliest first. */
function path(rows: readonly [string, number, number | null, number][], nowMs = 1000): string[] {
  const parents = Int32Array.from(rows, ([, , , parent]) => parent)
  const stretches = criticalPath(
    rows.map(([id, start, duration]) => row(id, start, duration)),
    parents,
    nowMs,
  )
  return stretches.reverse().map(({ row: index, startMs, endMs }) => `${rows[index]?.[0] ?? ''} ${startMs}–${endMs}`)
}

describe('the critical path', () => {
  it('is the row itself where nothing is below it', () => {
    expect(path([['root', 0, 10, -1]])).toEqual(['root 0–10'])
  })

  it('goes through the child that ended last, and through the parent where no child was under way', () => {
    const rows: [string, number, number, number][] = [
      ['root', 0, 100, -1],
      ['model', 10, 30, 0],
      ['slow tool', 45, 45, 0],
      ['quick tool', 45, 20, 0],
    ]
    expect(path(rows)).toEqual(['root 0–10', 'model 10–40', 'root 40–45', 'slow tool 45–90', 'root 90–100'])
  })

  it('steps from a child that ended last to the one that ended before it began', () => {
    const rows: [string, number, number, number][] = [
      ['root', 0, 60, -1],
      ['first', 0, 40, 0],
      ['second', 30, 30, 0],
    ]
    expect(path(rows)).toEqual(['first 0–30', 'second 30–60'])
  })

  it('ends an open row now', () => {
    expect(path([['root', 0, null, -1]], 25)).toEqual(['root 0–25'])
  })

  it('stays within the wall time, which the outermost row reaches beyond', () => {
    const rows = [row('root', 0, 100), row('turn', 20, 50)]
    const stretches = criticalPath(rows, Int32Array.from([-1, 0]), 1000, { startMs: 10, endMs: 75 })
    expect(stretches.map((one) => [one.row, one.startMs, one.endMs])).toEqual([
      [0, 70, 75],
      [1, 20, 70],
      [0, 10, 20],
    ])
  })

  it('covers the outermost row without gap or overlap, whatever its rows', () => {
    const child = fc.record({ start: fc.nat(100), duration: fc.nat(100), parent: fc.nat(20) })
    fc.assert(
      fc.property(fc.array(child, { maxLength: 20 }), (children) => {
        const rows = [row('root', 0, 100), ...children.map(({ start, duration }, i) => row(String(i), start, duration))]
        const parents = Int32Array.from([-1, ...children.map(({ parent }, i) => Math.min(parent, i))])
        const stretches = criticalPath(rows, parents, 1000)
        let at = 100
        for (const { startMs, endMs } of stretches) {
          expect(endMs).toBe(at)
          expect(startMs).toBeLessThan(endMs)
          at = startMs
        }
        expect(at).toBe(0)
      }),
    )
  })
})
