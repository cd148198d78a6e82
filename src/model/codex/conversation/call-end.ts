import type { Attributes } from '../../attributes.ts'
import { text } from '../../attributes.ts'
import type { RolloutToolState } from '../rollout/facts.ts'
import { durationMs, part, plausibleMs } from '../rollout/payload.ts'
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

/** So much passes around a process without a question. */
const noQuestionMs = 60

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
  const [startMs, endMs] = [plausibleMs(around.started_at_ms), plausibleMs(around.completed_at_ms)]
  const whole = startMs === null || endMs === null ? null : Math.max(0, endMs - startMs)
  const own = durationMs(item, 'duration')
  const waited = own === null || whole === null ? 0 : whole - own
  return {
    state: state === 'unfinished' ? 'open' : state,
    exitCode,
    durationMs: own ?? whole ?? betweenLines(told),
    waitedMs: waited > noQuestionMs ? waited : null,
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

/** Older files have the two lines alone; of parallel calls the second is written when the last one ends. */
function betweenLines({ lines }: Told): number | null {
  const [first, last] = [lines[0], lines.at(-1)]
  if (first === undefined || last === undefined || !last.kind.endsWith('_output')) return null
  return Math.max(0, last.atMs - first.atMs)
}
