import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { matchingNames, onlyMatches, withAnswer } from '../../../../src/renderer/waterfall/matches.ts'
import { rowsAbove } from '../../../../src/renderer/waterfall/outline.ts'
import { parentSpan, rowOfSpan } from '../../../../src/renderer/waterfall/session-data.ts'
import { anySession, sessionOf } from './session-of.ts'
import { treeRow } from './tree-rows.ts'

const data = sessionOf([treeRow('loop'), treeRow('call', { parentId: 'loop', detail: 'NPM test' }), treeRow('other')], {
  loop: [{ depth: 0, name: 'run' }],
  call: [
    { depth: 0, name: 'outer' },
    { depth: 1, name: 'Spawn npm' },
    { depth: 1, name: 'outer' },
  ],
})

describe('a search', () => {
  it('finds words in the names of rows and spans at once, case ignored', () => {
    const { rows, spans } = matchingNames(data, 'npm')
    expect([[...rows], [...spans]]).toEqual([
      [0, 1, 0],
      [0, 0, 1, 0],
    ])
  })

  it('adds what the engine has found elsewhere', () => {
    const found = {
      rows: [{ rowId: 'other', spans: 0, logs: 2 }],
      spans: [{ traceId: 't', spanIds: ['0000000000000003'] }],
      spanCount: 1,
      failures: 0,
      logCount: 2,
    }
    const { rows, spans } = withAnswer(data, matchingNames(data, 'secret'), found)
    expect([[...rows], [...spans]]).toEqual([
      [0, 0, 1],
      [0, 0, 0, 1],
    ])
  })

  it('leaves the matches and what is above them', () => {
    const kept = onlyMatches(data, matchingNames(data, 'npm'), () => true)
    expect([[...kept.rows], [...(kept.spans ?? [])]]).toEqual([
      [1, 1, 0],
      [0, 1, 1, 0],
    ])
  })

  it('keeps exactly the matches and their ancestors, in every session', () => {
    fc.assert(
      fc.property(anySession, fc.func(fc.boolean()), (session, hits) => {
        const count = session.raw?.count ?? 0
        const rows = Uint8Array.from(session.outline.rows, (_, row) => (hits('row', row) ? 1 : 0))
        const spans = Uint8Array.from({ length: count }, (_, span) => (hits('span', span) ? 1 : 0))
        const wantedRows = new Set<number>()
        const wantedSpans = new Set<number>()
        const keepRow = (row: number) => [row, ...rowsAbove(session.outline, row)].forEach((at) => wantedRows.add(at))
        rows.forEach((hit, row) => hit === 1 && keepRow(row))
        spans.forEach((hit, span) => {
          if (hit !== 1) return
          keepRow(rowOfSpan(session, span))
          for (let at = span; at >= 0; at = parentSpan(session, at)) wantedSpans.add(at)
        })
        const kept = onlyMatches(session, { rows, spans }, () => true)
        const marked = (of: Uint8Array) => [...of.keys()].filter((at) => of[at] === 1)
        expect(marked(kept.rows)).toEqual([...wantedRows].sort((a, b) => a - b))
        expect(marked(kept.spans ?? new Uint8Array())).toEqual([...wantedSpans].sort((a, b) => a - b))
      }),
    )
  })
})
