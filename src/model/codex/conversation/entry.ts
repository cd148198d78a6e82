import type { Attributes } from '../../attributes.ts'
import type { Place } from '../rollout/facts.ts'
import type { ItemKind } from './item.ts'

/** A line that tells of an entry. */
export interface EntryLine {
  /** As `headOf` tells it. */
  readonly kind: string
  readonly place: Place
  /** When it was written: with its kind, what tells that it still stands there. Left out where that is not known. */
  readonly atMs?: number
}

/** One entry of a transcript before its words are read: what it is, and where its lines lie. */
export interface Entry {
  readonly rolloutId: string
  kind: ItemKind
  readonly atMs: number
  /** Of its first line; null in legacy files. */
  readonly ordinal: number | null
  readonly turnId: string | null
  readonly callId: string | null
  /** Its call was made by a script. */
  readonly nested: boolean
  readonly lines: EntryLine[]
}

/** An entry where it stands in its session. */
export interface Standing {
  readonly entry: Entry
  /** The turn that it begins or belongs to, counted from 1; 0 before the first. */
  readonly turn: number
  /** A return to an earlier message took its turn back. */
  readonly abandoned: boolean
}

/** A line of an entry, read again. */
export interface ToldLine {
  readonly kind: string
  readonly atMs: number
  readonly payload: Attributes
}

export function keyOf({ rolloutId, lines }: Entry): string {
  return `${rolloutId}@${lines[0]?.place.offset ?? 0}`
}
