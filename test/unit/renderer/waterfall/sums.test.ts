import { describe, expect, it } from 'vitest'
import { idleGaps, workOf } from '../../../../src/renderer/waterfall/gaps.ts'
import { logMarks, logsBySession } from '../../../../src/renderer/waterfall/log-marks.ts'
import { pathSums } from '../../../../src/renderer/waterfall/path-sums.ts'
import { rangeSums } from '../../../../src/renderer/waterfall/range-sums.ts'
import { scaleOf } from '../../../../src/renderer/waterfall/scale.ts'
import { sessionOf } from './session-of.ts'
import { treeRow } from './tree-rows.ts'

const tool = treeRow('tool', {
  startMs: 100,
  durationMs: 100,
  parts: [
    { kind: 'wait_user', startMs: 100, durationMs: 60 },
    { kind: 'tool_run', startMs: 160, durationMs: 30 },
  ],
})

describe('sums of a range', () => {
  const data = sessionOf(
    [
      treeRow('turn', { kind: 'turn', startMs: 0, durationMs: 1000 }),
      { ...tool, status: 'error' },
      treeRow('late', { startMs: 900 }),
    ],
    {
      turn: [
        { depth: 0, startMs: 0, durationMs: 10 },
        { depth: 0, startMs: 140, durationMs: 10 },
        { depth: 0, startMs: 300, durationMs: 10 },
      ],
    },
  )

  it('counts what is under way in it, and cuts times to it', () => {
    expect(rangeSums(data, { startMs: 130, endMs: 195 }, 1000)).toEqual({
      wallMs: 65,
      kinds: [
        { kind: 'wait_user', ms: 30 },
        { kind: 'tool_run', ms: 30 },
        { kind: 'other', ms: 5 },
      ],
      rows: 2,
      errors: 1,
      spans: 1,
    })
  })

  it('adds up to the whole work over the whole session', () => {
    const { kinds } = rangeSums(data, { startMs: 0, endMs: 1000 }, 1000)
    expect(kinds.reduce((sum, { ms }) => sum + ms, 0)).toBe(200)
  })
})

describe('sums of the critical path', () => {
  it('are by what the rows spend their time with, longest first', () => {
    const sums = pathSums([tool], [{ row: 0, startMs: 120, endMs: 200 }])
    expect(sums).toEqual([
      { kind: 'wait_user', ms: 40 },
      { kind: 'tool_run', ms: 30 },
      { kind: 'other', ms: 10 },
    ])
  })
})

describe('idle gaps', () => {
  it('are where no call is under way, though a turn is', () => {
    const rows = [
      treeRow('turn', { kind: 'turn', startMs: 0, durationMs: 1000 }),
      treeRow('a', { startMs: 100, durationMs: 100 }),
      treeRow('b', { startMs: 150, durationMs: 150, kind: 'api_call' }),
      treeRow('open', { startMs: 800, durationMs: null }),
    ]
    expect(idleGaps(rows, { startMs: 0, endMs: 1000 })).toEqual([
      { startMs: 0, endMs: 100 },
      { startMs: 300, endMs: 800 },
    ])
  })
})

describe('ticks for logs', () => {
  const logs = [
    { timeMs: 50 },
    { timeMs: 110 },
    { timeMs: 111, severity: 17 },
    { timeMs: 180 },
    { timeMs: 150, root: 1 },
  ]
  const data = sessionOf([tool, treeRow('helper', { sessionId: 'other' })], {}, logs)
  const scale = scaleOf({ startMs: 0, endMs: 1000 }, 500)

  it('stand where the logs of its session are in its time, one for those on one place', () => {
    const marks = logMarks(tool, logsBySession(data).get('s'), scale, 1000)
    expect(marks).toEqual([
      { x: 55, isError: true },
      { x: 90, isError: false },
    ])
  })

  it('are for work alone, not for the turns that hold it', () => {
    expect(logMarks({ ...tool, kind: 'turn' }, logsBySession(data).get('s'), scale, 1000)).toEqual([])
  })
})

it('shows the work and no thread that idles until it is unloaded, unless a helper goes on', () => {
  const bounds = { startMs: 1000, endMs: 107_000 }
  const root = treeRow('root', { kind: 'session_loop', startMs: 1000, durationMs: 106_000 })
  const turn = treeRow('turn', { kind: 'turn', startMs: 2000, durationMs: 9000 })
  const wall = { startMs: 1000, endMs: 44_900 }
  expect(workOf([root, turn], bounds, wall)).toEqual({ startMs: 1000, endMs: 45_778 })
  expect(workOf([root, { ...turn, durationMs: 103_500 }], bounds, wall)).toBe(bounds)
  expect(workOf([root, turn], bounds, null)).toBe(bounds)
})
