import type { EntryLine } from '../../../model/codex/conversation/entry.ts'
import { itemKinds, type ItemKind } from '../../../model/codex/conversation/item.ts'
import type { WordedEntry } from './entry-words.ts'

/** Kinds of lines that hold words, by their places here: only added to. */
const lineKinds = [
  'response_item/message',
  'response_item/agent_message',
  'response_item/function_call',
  'response_item/function_call_output',
  'response_item/custom_tool_call',
  'response_item/custom_tool_call_output',
  'event_msg/user_message',
  'event_msg/agent_message',
  'event_msg/agent_reasoning',
  'event_msg/patch_apply_end',
  'event_msg/mcp_tool_call_end',
  'event_msg/task_complete',
  'event_msg/turn_aborted',
  'event_msg/error',
  'compacted',
  ...['UserMessage', 'AgentMessage', 'Reasoning', 'CommandExecution', 'FileChange', 'McpToolCall', 'Plan'].map(
    itemKind,
  ),
  ...['SubAgentActivity', 'CollabAgentToolCall', 'WebSearch', 'ImageView'].map(itemKind),
  ...['EnteredReviewMode', 'ExitedReviewMode', 'ContextCompaction'].map(itemKind),
]

function itemKind(type: string): string {
  return `event_msg/item_completed/${type}`
}

/** An entry without the file that it stands in. */
export type PackedEntry = Omit<WordedEntry, 'rolloutId'>

/** Its kind, its time, and each line as kind, distance from the line before and length: numbers of seven bits a byte. */
export function packEntry({ kind, atMs, lines }: PackedEntry): Buffer {
  const bytes: number[] = []
  const put = (value: number): void => {
    let rest = value
    for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128)
    bytes.push(rest)
  }
  put(itemKinds.indexOf(kind))
  put(Math.max(0, Math.round(atMs / 1000)))
  let before = 0
  for (const { kind: of, place } of lines) {
    const known = lineKinds.indexOf(of)
    // A kind that is not listed holds no words that are known here.
    if (known < 0) continue
    // Lines stand in the order in which they were written, but for images, which stand before their prompt.
    put(known)
    put(zigzag(place.offset - before))
    put(place.length)
    before = place.offset
  }
  return Buffer.from(bytes)
}

export function unpackEntry(bytes: Buffer): PackedEntry {
  let at = 0
  const take = (): number => {
    let [value, factor] = [0, 1]
    for (;;) {
      const byte = bytes[at++] ?? 0
      value += (byte % 128) * factor
      if (byte < 128) return value
      factor *= 128
    }
  }
  const kind: ItemKind = itemKinds[take()] ?? 'tool'
  const atMs = take() * 1000
  const lines: EntryLine[] = []
  for (let before = 0; at < bytes.length;) {
    const of = lineKinds[take()] ?? ''
    before += unzigzag(take())
    lines.push({ kind: of, place: { offset: before, length: take() } })
  }
  return { kind, atMs, lines }
}

function zigzag(value: number): number {
  return value < 0 ? -2 * value - 1 : 2 * value
}

function unzigzag(value: number): number {
  return value % 2 === 1 ? -(value + 1) / 2 : value / 2
}
