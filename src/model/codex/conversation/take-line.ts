import type { Attributes } from '../../attributes.ts'
import type { Place } from '../rollout/facts.ts'
import type { LineHead } from '../rollout/head.ts'
import { asPart } from '../rollout/payload.ts'
import { factsOfLine, yieldsFacts } from '../rollout/reader.ts'
import { entryOfFact } from './facts-to-entries.ts'
import type { Outline, OutlineLine } from './outline.ts'
import { wordsOf } from './words.ts'

/** Figures alone, which no transcript shows. */
const figures: ReadonlySet<string> = new Set(['token_usage_record', 'event_msg/token_count'])

/** Whether lines of this kind are part of a transcript, and so have to be parsed. */
export function isPartOfTranscript(kind: string): boolean {
  return wordsOf(kind) !== undefined || (yieldsFacts(kind) && !figures.has(kind))
}

/** Takes one parsed line in; lines are given in the order of the file. */
export function takeLine(outline: Outline, head: LineHead, line: unknown, place: Place): void {
  const atMs = Date.parse(head.timestamp)
  if (Number.isNaN(atMs) || !isPartOfTranscript(head.kind)) return
  const payload = asPart(asPart(line as Attributes).payload)
  const told: OutlineLine = { kind: head.kind, ordinal: head.ordinal, atMs, place, payload }
  // Facts know whose a line is, a copy or the thread's own, and move the state on.
  for (const fact of factsOfLine(head, line, place, outline.state)) entryOfFact(outline, told, fact)
  wordsOf(head.kind)?.(outline, told)
}
