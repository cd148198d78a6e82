import { describe, expect, it } from 'vitest'
import { shareKinds } from '../../../../src/model/ledger/share.ts'
import { knownShares, shareOrder, unknownShares } from '../../../../src/renderer/views/session/ledger/share-look.ts'
import { shareFilterOf } from '../../../../src/renderer/views/session/share-filter.ts'
import { ledger } from '../../../e2e/chromium/fake-views.ts'

describe('shares of the time', () => {
  it('has a look for each kind there is', () => {
    expect([...shareOrder].sort()).toEqual([...shareKinds].sort())
  })

  it('shows those that have a length, and names those that nobody knows', () => {
    const shares = [
      { kind: 'tool_run', ms: 12 },
      { kind: 'wait_user', ms: 0 },
      { kind: 'model_wait', ms: 3 },
      { kind: 'model_stream', ms: null },
    ] as const
    expect(knownShares(shares).map(({ kind }) => kind)).toEqual(['model_wait', 'tool_run'])
    expect(unknownShares(shares)).toEqual(['model_stream'])
  })
})

describe('the filter of a share', () => {
  it('holds its rows and its stretches of time', () => {
    const filter = shareFilterOf(ledger(), 'wait_user')
    expect(filter?.rowIds).toEqual(new Set(['tool_call-6', 'tool_call-10']))
    expect(filter?.intervals).toHaveLength(1)
    expect(shareFilterOf(ledger(), 'retry')?.intervals).toEqual([])
  })

  it('is none without a share or a ledger', () => {
    expect(shareFilterOf(ledger(), null)).toBeNull()
    expect(shareFilterOf(null, 'wait_user')).toBeNull()
  })
})
