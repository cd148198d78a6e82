import { text, type Attributes } from '../../../attributes.ts'
import type { RolloutChange, RolloutFact, RolloutToolItem, RolloutToolState } from '../facts.ts'
import { isInherited } from '../inherited.ts'
import { patchSize } from '../patch-size.ts'
import { pathHash } from '../path-hash.ts'
import { durationMs, part, plausibleMs } from '../payload.ts'
import type { RecordReader, RolloutLine, RolloutState } from '../record.ts'
import { ownItem } from './own-item.ts'

type Known = Pick<RolloutToolItem, 'tool'> &
  Partial<Omit<RolloutToolItem, 'fact' | 'sessionId' | 'callId' | 'turnId' | 'rolloutId' | 'atMs' | 'place' | 'tool'>>

export const commandExecution = itemOf('CommandExecution', (item) => ({
  tool: text(item, 'source') === 'user_shell' ? 'user_shell' : 'exec_command',
  source: text(item, 'source'),
  durationMs: durationMs(item, 'duration'),
  exitCode: exitCodeOf(item),
  outputLength: (text(item, 'aggregated_output') ?? '').length,
}))

export const fileChange = itemOf('FileChange', (item) => ({ tool: 'apply_patch', ...patchSize(item) }))

export const mcpToolCall = itemOf('McpToolCall', (item) => ({
  tool: text(item, 'tool') ?? 'mcp',
  mcpServer: text(item, 'server'),
  durationMs: durationMs(item, 'duration'),
}))

/** A patch in legacy files. */
export const patchApplyEnd = legacy('event_msg/patch_apply_end', (payload) => ({
  tool: 'apply_patch',
  state: payload.success === true ? 'ok' : payload.status === 'declined' ? 'declined' : 'failed',
  ...patchSize(payload),
}))

/** A call of an MCP server in legacy files. */
export const mcpToolCallEnd = legacy('event_msg/mcp_tool_call_end', (payload) => {
  const result = part(payload, 'result')
  const answered = part(result, 'Ok')
  const failed = !('Ok' in result) || answered.isError === true || answered.is_error === true
  const invocation = part(payload, 'invocation')
  return {
    tool: text(invocation, 'tool') ?? 'mcp',
    mcpServer: text(invocation, 'server'),
    state: failed ? 'failed' : 'ok',
    durationMs: durationMs(payload, 'duration'),
  }
})

function itemOf(type: string, read: (item: Attributes) => Known): RecordReader {
  return {
    kind: `event_msg/item_completed/${type}`,
    read: (line, state) => {
      const turnId = ownItem(line, state)
      const item = part(line.payload, 'item')
      const callId = text(item, 'id')
      if (turnId === undefined || callId === null) return []
      const startMs = plausibleMs(line.payload.started_at_ms)
      const endMs = plausibleMs(line.payload.completed_at_ms)
      const row = rowOf(line, state, callId, turnId, { state: stateOf(item), startMs, endMs, ...read(item) })
      return [row, ...changesOf(row, item)]
    },
  }
}

function legacy(kind: string, read: (payload: Attributes) => Known): RecordReader {
  return {
    kind,
    read: (line, state) => {
      const callId = text(line.payload, 'call_id')
      const turnId = text(line.payload, 'turn_id') ?? state.turnId
      if (callId === null || isInherited(turnId, state.threadId)) return []
      const row = rowOf(line, state, callId, turnId, read(line.payload))
      return [row, ...changesOf(row, line.payload)]
    },
  }
}

function rowOf(
  { atMs, place }: RolloutLine,
  file: RolloutState,
  callId: string,
  turnId: string | null,
  known: Known,
): RolloutToolItem {
  return {
    fact: 'rollout_tool_item',
    sessionId: file.threadId,
    callId,
    turnId,
    rolloutId: file.rolloutId,
    atMs,
    mcpServer: null,
    source: null,
    startMs: null,
    endMs: null,
    durationMs: null,
    state: 'ok',
    exitCode: null,
    outputLength: 0,
    scriptCallId: callId.startsWith('exec-') ? file.scriptCallId : null,
    filesChanged: null,
    linesAdded: null,
    linesRemoved: null,
    ...known,
    place,
  }
}

/** What a patch changed, where it was applied. */
function changesOf(
  { sessionId, callId, rolloutId, atMs, state, filesChanged }: RolloutToolItem,
  of: Attributes,
): RolloutFact[] {
  if (filesChanged === null || state !== 'ok') return []
  return Object.keys(part(of, 'changes')).map((path): RolloutChange => ({
    fact: 'rollout_change',
    sessionId,
    callId,
    rolloutId,
    atMs,
    pathHash: pathHash(path),
  }))
}

function stateOf(item: Attributes): RolloutToolState {
  const status = text(item, 'status')
  return status === 'declined' ? 'declined' : status === 'failed' ? 'failed' : 'ok'
}

/** It may be negative, so it is no count. */
function exitCodeOf({ exit_code: code }: Attributes): number | null {
  return typeof code === 'number' && Number.isInteger(code) && Math.abs(code) < 2 ** 31 ? code : null
}
