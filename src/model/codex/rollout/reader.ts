import type { Attributes } from '../../attributes.ts'
import type { Place, RolloutFact } from './facts.ts'
import type { RolloutName } from './file-name.ts'
import type { LineHead } from './head.ts'
import { momentOf } from './moment.ts'
import { asPart } from './payload.ts'
import type { RolloutState } from './record.ts'
import { readerOf } from './records/index.ts'

export { headLength, headOf, headOfParsed, type LineHead } from './head.ts'
export { newFieldsOf } from './known-fields.ts'
export { isKnownKind } from './records/index.ts'
export { unparsed } from './unparsed.ts'

export function newRolloutState({ threadId, rolloutId }: RolloutName): RolloutState {
  return { threadId, rolloutId, kind: 'user', turnId: null, total: null, scriptCallId: null }
}

/** Whether lines of this kind say anything that becomes a fact, and so have to be parsed. */
export function yieldsFacts(kind: string): boolean {
  return readerOf(kind) !== undefined
}

/**
 * The facts of one parsed line; null where its moment is none that can be kept. Moves `state` on, so lines are given in the order of the
 * file.
 */
export function factsOfLine(
  head: LineHead,
  line: unknown,
  place: Place,
  state: RolloutState,
): readonly RolloutFact[] | null {
  const atMs = momentOf(head.timestamp)
  if (Number.isNaN(atMs)) return null
  const reader = readerOf(head.kind)
  if (reader === undefined) return []
  const payload = asPart(asPart(line as Attributes).payload)
  return reader.read({ atMs, ordinal: head.ordinal, place, payload }, state)
}
