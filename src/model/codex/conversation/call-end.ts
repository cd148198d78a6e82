import type { Attributes } from '../../attributes.ts'
import { text } from '../../attributes.ts'
import type { RolloutToolState } from '../rollout/facts.ts'
import { durationMs, part, plausibleMs } from '../rollout/payload.ts'
import { approvalWait, callSpan } from '../rollout/call-times.ts'
import { toolEnd } from '../rollout/tool-state.ts'
import { toolWords } from '../rollout/tool-words.ts'
import type { CallState } from './item.ts'
import { payloadOf, type Told } from './told.ts'

export interface CallEnd {
  readonly state: CallState
  readonly exitCode: number | null
  readonly durationMs: number | null
  /** Between start and end beside the process: it asked, and somebody answered. */
  readonly waitedMs: number | null
}

/** The lines of one call, as far as there are. */
export interface CallLines {
  readonly call: Attributes
  readonly output: Attributes
  /** The item, or the older event that says the same. */
  readonly item: Attributes
  /** What stands around the item: its times. */
  readonly around: Attributes
}

const items = [
  'CommandExecution',
  'FileChange',
  'McpToolCall',
  'WebSearch',
  'ImageView',
  'CollabAgentToolCall',
  'SubAgentActivity',
]

export function callLines(told: Told): CallLines {
  const around = payloadOf(told, ...items.map((type) => `/${type}`), '/patch_apply_end', '/mcp_tool_call_end')
  return {
    call: payloadOf(told, '/function_call', '/custom_tool_call'),
    output: payloadOf(told, '_call_output'),
    item: 'item' in around ? part(around, 'item') : around,
    around,
  }
}

export function endOf(told: Told, { output, item, around }: CallLines): CallEnd {
  const words = 'call_id' in output ? toolWords(output) : null
  const ran = Object.keys(item).length === 0 ? null : { state: itemState(item), exitCode: exitCodeOf(item) }
  const { state, exitCode } = toolEnd({ output: words, item: ran })
  const times = {
    calledMs: lineMs(told, '_call'),
    saidMs: lineMs(told, '_call_output'),
    saidState: words?.state ?? null,
    itemMs: lineMs(told, ...items.map((type) => `/${type}`), '_end'),
    itemState: ran?.state ?? null,
    startMs: plausibleMs(around.started_at_ms),
    endMs: plausibleMs(around.completed_at_ms),
    runMs: durationMs(item, 'duration'),
  }
  const span = callSpan(times)
  const wait = approvalWait(times)
  return {
    state: state === 'unfinished' ? 'open' : state,
    exitCode,
    durationMs: span.endMs === null ? null : span.endMs - span.startMs,
    waitedMs: wait === null ? null : wait.endMs - wait.startMs,
  }
}

function itemState(item: Attributes): RolloutToolState {
  const status = text(item, 'status')
  if (status === 'declined') return 'declined'
  return status === 'failed' || item.success === false ? 'failed' : 'ok'
}

function exitCodeOf({ exit_code: code }: Attributes): number | null {
  return typeof code === 'number' && Number.isInteger(code) && Math.abs(code) < 2 ** 31 ? code : null
}

/** When the first line of one of these kinds was written. */
function lineMs({ lines }: Told, ...endings: readonly string[]): number | null {
  return lines.find(({ kind }) => endings.some((ending) => kind.endsWith(ending)))?.atMs ?? null
}
