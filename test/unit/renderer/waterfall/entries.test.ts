import { describe, expect, it } from 'vitest'
import {
  entriesWhere,
  entryOf,
  idOf,
  rowOfEntry,
  spanOfId,
  stepFrom,
} from '../../../../src/renderer/waterfall/entries.ts'
import { sessionOf } from './session-of.ts'
import { treeRow } from './tree-rows.ts'

const data = sessionOf(
  [treeRow('a', { status: 'error' }), treeRow('b', { sessionId: 'its session' }), treeRow('c', { status: 'error' })],
  {
    b: [
      { depth: 0, name: 'open', startMs: 5, durationMs: 2 },
      { depth: 1, error: true },
    ],
  },
)
const isError = (row: number) => data.outline.rows[row]?.status === 'error'
const flagged = (span: number) => data.raw?.spans.flags[span] === 1

describe('entries', () => {
  it('have ids that lead back to them', () => {
    expect([0, 2, ~0, ~1].map((entry) => entryOf(data, idOf(data, entry)))).toEqual([0, 2, ~0, ~1])
    expect(idOf(data, ~1)).toBe('raw/t/0000000000000001')
    expect([entryOf(data, 'gone'), entryOf(data, 'raw/t/ffffffffffffffff')]).toEqual([null, null])
  })

  it('tell the span to ask for by its id', () => {
    expect(spanOfId('raw/ab/cd')).toEqual({ traceId: 'ab', spanId: 'cd' })
    expect(spanOfId('tool_call-4')).toBeNull()
  })

  it('show a raw span as a row of the session that it is folded into', () => {
    expect(rowOfEntry(data, ~0)).toMatchObject({ kind: 'raw', label: 'open', startMs: 5, durationMs: 2, parentId: 'b' })
    expect(rowOfEntry(data, ~1)).toMatchObject({ status: 'error', sessionId: 'its session' })
  })

  it('go round the errors in both directions, through the spans of unfolded rows', () => {
    const errors = entriesWhere(data, isError, () => true, flagged)
    expect([...errors]).toEqual([0, ~1, 2])
    const round = (from: number | null, step: 1 | -1) => stepFrom(data, errors, from, step)
    expect([round(null, 1), round(0, 1), round(~1, 1), round(2, 1)]).toEqual([0, ~1, 2, 0])
    expect([round(null, -1), round(0, -1), round(~1, -1)]).toEqual([2, 2, 0])
    expect([round(1, 1), round(1, -1), round(~0, 1)], 'from between them').toEqual([~1, 0, ~1])
    expect(stepFrom(data, new Int32Array(), 0, 1)).toBeNull()
  })

  it('leave out the spans of rows that do not show theirs', () => {
    expect([...entriesWhere(data, isError, () => false, flagged)]).toEqual([0, 2])
  })
})
