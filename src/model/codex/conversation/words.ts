import { text } from '../../attributes.ts'
import { isInherited } from '../rollout/inherited.ts'
import { part, parts, plausibleMs } from '../rollout/payload.ts'
import { ownItem } from '../rollout/records/own-item.ts'
import { addEntry, addToCall, type Outline, type OutlineLine } from './outline.ts'
import type { ItemKind } from './item.ts'

type Words = (outline: Outline, line: OutlineLine) => void

/** Lines that hold words and become no fact. */
const words = new Map<string, Words>([
  [item('AgentMessage'), itemEntry('reply')],
  [item('Reasoning'), itemEntry('reasoning', ({ payload }) => hasWords(part(payload, 'item').summary_text))],
  [item('Plan'), itemEntry('plan')],
  [item('EnteredReviewMode'), itemEntry('review')],
  [item('ExitedReviewMode'), itemEntry('review')],
  [item('WebSearch'), callEntry],
  [item('ImageView'), callEntry],
  [item('CollabAgentToolCall'), callEntry],
  ['event_msg/agent_message', legacyEntry('reply')],
  ['event_msg/agent_reasoning', legacyEntry('reasoning')],
  ['response_item/agent_message', agentMessage],
  ['response_item/message', imagesOfPrompt],
])

export function wordsOf(kind: string): Words | undefined {
  return words.get(kind)
}

function item(type: string): string {
  return `event_msg/item_completed/${type}`
}

function hasWords(pieces: unknown): boolean {
  return Array.isArray(pieces) && pieces.some((piece) => typeof piece === 'string' && piece.trim() !== '')
}

function itemEntry(kind: ItemKind, counts: (line: OutlineLine) => boolean = () => true): Words {
  return (outline, line) => {
    const turnId = ownItem(line, outline.state)
    if (turnId !== undefined && counts(line)) addEntry(outline, kind, line, { turnId })
  }
}

function callEntry(outline: Outline, line: OutlineLine): void {
  const turnId = ownItem(line, outline.state)
  const callId = text(part(line.payload, 'item'), 'id')
  if (turnId === undefined || callId === null) return
  addToCall(outline, line, callId, 'tool', { turnId, atMs: plausibleMs(line.payload.started_at_ms) })
}

function legacyEntry(kind: ItemKind): Words {
  return (outline, line) => {
    const { turnId, threadId } = outline.state
    if (!isInherited(turnId, threadId)) addEntry(outline, kind, line, { turnId })
  }
}

/** What one agent writes to another stands among the items of the model's context alone. */
function agentMessage(outline: Outline, line: OutlineLine): void {
  const turnId = turnOfContext(outline, line)
  if (!isInherited(turnId, outline.state.threadId)) addEntry(outline, 'message', line, { turnId })
}

/** Images stand in the context, right before the prompt that they came with. */
function imagesOfPrompt(outline: Outline, line: OutlineLine): void {
  if (text(line.payload, 'role') !== 'user') return
  if (!parts(line.payload, 'content').some(({ type }) => type === 'input_image')) return
  if (!isInherited(turnOfContext(outline, line), outline.state.threadId))
    outline.images = { kind: line.kind, place: line.place }
}

function turnOfContext({ state }: Outline, { payload }: OutlineLine): string | null {
  return text(part(payload, 'internal_chat_message_metadata_passthrough'), 'turn_id') ?? state.turnId
}
