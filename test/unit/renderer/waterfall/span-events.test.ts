import { describe, expect, it } from 'vitest'
import { scaleOf } from '../../../../src/renderer/waterfall/scale.ts'
import { eventMarks, eventsAt, spansWithEvents } from '../../../../src/renderer/waterfall/span-events.ts'
import { sessionOf } from './session-of.ts'
import { treeRow } from './tree-rows.ts'

const scale = scaleOf({ startMs: 0, endMs: 1000 }, 1000)
const event = (timeMs: number, name = 'note', span = 0) => ({ timeMs, name, span })

describe('events of raw spans', () => {
  it('are looked for in those spans that have any, within the row', () => {
    const data = sessionOf([treeRow('a'), treeRow('b')], {
      a: [{ depth: 0, events: true }, { depth: 0 }],
      b: [{ depth: 0 }, { depth: 1, events: true }, { depth: 1, events: true }],
    })
    expect([...spansWithEvents(data, 0, 2)]).toEqual([0])
    expect([...spansWithEvents(data, 2, 5)]).toEqual([3, 4])
    expect([...spansWithEvents(data, 4, 5)]).toEqual([4])
  })

  it('are marked at their times, one mark where several fall on one place, an exception in any of them as an error', () => {
    const marks = eventMarks(
      [event(-5), event(100), event(102), event(103, 'exception'), event(500), event(2000)],
      scale,
    )
    expect(marks).toEqual([
      { x: 100, isError: true },
      { x: 500, isError: false },
    ])
  })

  it('are found under the pointer and beside it, nearest first', () => {
    const near = eventsAt([event(100, 'a'), event(104, 'b'), event(120, 'c')], scale, 103)
    expect(near.map(({ name }) => name)).toEqual(['b', 'a'])
    expect(eventsAt([event(100)], scale, 130)).toEqual([])
  })
})
