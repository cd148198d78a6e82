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
  for (const fact of factsOfLine(head, line, place, outline.state) ?? []) entryOfFact(outline, told, fact)
  wordsOf(head.kind)?.(outline, told)
}

const calledBy = /"call_id":"([^"\\]{1,200})"/
const ranFor = /"item":\{"type":"\w{1,60}","id":"([^"\\]{1,200})"/

/** Lines that only add to a call, by where they name it. Most bytes of a file are what commands printed. */
const callNames = new Map<string, RegExp>([
  ['response_item/function_call_output', calledBy],
  ['response_item/custom_tool_call_output', calledBy],
  ['event_msg/item_completed/CommandExecution', ranFor],
  ['event_msg/item_completed/McpToolCall', ranFor],
])

/** Takes a line in by its beginning, where that tells enough: it adds to a call that the thread has made. Else it has to be parsed. */
export function takeBeginning(
  outline: Outline,
  { kind, timestamp }: LineHead,
  beginning: string,
  place: Place,
): boolean {
  const callId = callNames.get(kind)?.exec(beginning)?.[1]
  const entry = callId === undefined ? undefined : outline.byCall.get(callId)
  if (entry === undefined) return false
  entry.lines.push({ kind, place, atMs: Date.parse(timestamp) })
  // A script has ended: what runs from now on is not its own.
  if (kind.endsWith('_output') && outline.state.scriptCallId === callId) outline.state.scriptCallId = null
  return true
}
