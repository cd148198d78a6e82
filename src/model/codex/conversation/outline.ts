import type { Attributes } from '../../attributes.ts'
import type { Place, RolloutThread } from '../rollout/facts.ts'
import type { RolloutName } from '../rollout/file-name.ts'
import { newRolloutState } from '../rollout/reader.ts'
import type { RolloutState } from '../rollout/record.ts'
import type { Entry, EntryLine } from './entry.ts'
import type { ItemKind } from './item.ts'

/** The entries of one session file, without their words: some hundred bytes each, however long the file is. */
export interface Outline {
  readonly state: RolloutState
  readonly entries: Entry[]
  /** What the head of the file says of the thread. */
  thread: RolloutThread | null
  readonly byCall: Map<string, Entry>
  readonly byTurn: Map<string, Entry>
  /** The line of the model's context that holds the images of the prompt behind it. */
  images: EntryLine | null
}

export function newOutline(name: RolloutName): Outline {
  const state = newRolloutState(name)
  return { state, entries: [], thread: null, byCall: new Map(), byTurn: new Map(), images: null }
}

export interface OutlineLine {
  readonly kind: string
  readonly ordinal: number | null
  readonly atMs: number
  readonly place: Place
  readonly payload: Attributes
}

export function entryLine({ kind, place, atMs }: OutlineLine): EntryLine {
  return { kind, place, atMs }
}

export interface NewEntry {
  readonly turnId: string | null
  readonly callId?: string | null
  readonly nested?: boolean
  readonly atMs?: number | null
  readonly before?: EntryLine | null
}

export function addEntry(outline: Outline, kind: ItemKind, line: OutlineLine, more: NewEntry): Entry {
  const entry: Entry = {
    rolloutId: outline.state.rolloutId,
    kind,
    atMs: more.atMs ?? line.atMs,
    ordinal: line.ordinal,
    turnId: more.turnId,
    callId: more.callId ?? null,
    nested: more.nested ?? false,
    lines: [...(more.before ? [more.before] : []), entryLine(line)],
  }
  outline.entries.push(entry)
  if (entry.callId !== null) outline.byCall.set(entry.callId, entry)
  return entry
}

/** Adds the line to what is known of the call, or begins it: what a script called, or a person typed, has no line of its own before. */
export function addToCall(outline: Outline, line: OutlineLine, callId: string, kind: ItemKind, more: NewEntry): Entry {
  const known = outline.byCall.get(callId)
  if (known === undefined) return addEntry(outline, kind, line, { ...more, callId })
  known.lines.push(entryLine(line))
  return known
}
