import fc from 'fast-check'
import { expect, it } from 'vitest'
import { packEntry, unpackEntry } from '../../../../src/engine/history/words/packed-entry.ts'
import { itemKinds } from '../../../../src/model/codex/conversation/item.ts'

const line = fc.record({
  kind: fc.constantFrom('response_item/message', 'event_msg/item_completed/UserMessage', 'compacted'),
  place: fc.record({ offset: fc.nat(2 ** 40), length: fc.nat(2 ** 31 - 1) }),
})
const entry = fc.record({
  kind: fc.constantFrom(...itemKinds),
  atMs: fc.nat(4_000_000_000).map((seconds) => seconds * 1000),
  lines: fc.array(line, { maxLength: 6 }),
})

it('an entry is unpacked as it was packed, in whatever order its lines stand', () => {
  fc.assert(
    fc.property(entry, (one) => {
      expect(unpackEntry(packEntry(one))).toEqual(one)
    }),
  )
})
