import { describe, expect, it } from 'vitest'
import { headGroups, sortedBy } from '../../../../src/renderer/parts/table/column.ts'

describe('sorting by a head', () => {
  const tokens = { id: 'tokens', name: 'Tokens', width: '80px', sorts: 'descending' } as const
  const title = { id: 'title', name: 'Title', width: '80px', sorts: 'ascending' } as const

  it('begins with the order of the column, and turns round at the second click', () => {
    expect(sortedBy(tokens, null)).toEqual({ column: 'tokens', descending: true })
    expect(sortedBy(tokens, { column: 'tokens', descending: true })).toEqual({ column: 'tokens', descending: false })
    expect(sortedBy(title, { column: 'tokens', descending: true })).toEqual({ column: 'title', descending: false })
  })
})

describe('the line of groups above the heads', () => {
  it('joins neighbours of one group and keeps the room of columns without one', () => {
    expect(headGroups([{}, { group: 'calls' }, { group: 'calls' }, {}, { group: 'calls' }])).toEqual([
      { name: '', span: 1 },
      { name: 'calls', span: 2 },
      { name: '', span: 1 },
      { name: 'calls', span: 1 },
    ])
  })

  it('is not there where no column has a group', () => {
    expect(headGroups([{}, {}])).toEqual([])
  })
})
