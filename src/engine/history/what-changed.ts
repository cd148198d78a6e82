import type { RolloutState } from '../../model/codex/rollout/record.ts'
import { newRolloutState } from '../../model/codex/rollout/reader.ts'
import { markOf } from './file-mark.ts'
import type { FoundRollout } from './find-rollouts.ts'
import { notWhole, type KnownFile } from './known-files.ts'

/** What is to be done with a file that was found. */
export type Change =
  | { readonly kind: 'nothing' }
  /** It lies elsewhere, or was packed: the same content. */
  | { readonly kind: 'moved'; readonly known: KnownFile }
  /** From `offset` on; `renew`: what it said before is taken back. */
  | {
      readonly kind: 'read'
      readonly offset: number
      readonly state: RolloutState
      readonly problems: number
      readonly renew: boolean
    }

/** Compares a file with what was read of it. Throws the system's own error where it cannot be looked at. */
export function whatChanged(found: FoundRollout, known: KnownFile | undefined): Change {
  const anew = { kind: 'read', offset: 0, state: newRolloutState(found.name), problems: 0 } as const
  if (known === undefined) return { ...anew, renew: false }
  const isSame = known.bytes === found.bytes && known.modifiedMs === found.modifiedMs && known.inode === found.inode
  const isThere = known.path === found.path && known.gone === 0
  if (isSame && isThere) return { kind: 'nothing' }
  const wasPacked = known.path.endsWith('.zst')
  if (found.name.packed) {
    // Codex packs files that it has finished, some of them before they were read to their end.
    const isOther = known.bytes === notWhole || (wasPacked && known.bytes !== found.bytes)
    return isOther ? { ...anew, renew: true } : { kind: 'moved', known }
  }
  // Unpacked again, it may have grown at once; the mark of packed content was not taken.
  if (wasPacked || found.bytes < known.readTo || markOf(found.path, known.readTo) !== known.head)
    return { ...anew, renew: true }
  if (found.bytes === known.readTo) return { kind: 'moved', known }
  const state = JSON.parse(known.state) as RolloutState
  return { kind: 'read', offset: known.readTo, state, problems: known.problems, renew: false }
}
