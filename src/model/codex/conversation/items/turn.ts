import { text } from '../../../attributes.ts'
import { countOf } from '../../../counts.ts'
import { part } from '../../rollout/payload.ts'
import { errorClass } from '../../rollout/records/turn-end.ts'
import { payloadOf, type ItemReader, type Told } from '../told.ts'

export const turn: ItemReader<'turn'> = (told) => {
  const context = payloadOf(told, 'turn_context')
  return {
    number: told.turn,
    state: stateOf(told),
    durationMs: countOf(payloadOf(told, '/task_complete', '/turn_aborted'), 'duration_ms'),
    model: text(context, 'model'),
    effort: text(context, 'effort'),
  }
}

function stateOf(told: Told): 'completed' | 'failed' | 'interrupted' | 'open' {
  const end = told.lines.find(({ kind }) => kind.endsWith('/task_complete') || kind.endsWith('/turn_aborted'))
  if (end === undefined) return 'open'
  if (end.kind.endsWith('/turn_aborted')) return 'interrupted'
  return hasError(end.payload) ? 'failed' : 'completed'
}

/** How a turn ended that did not end well, where that happened. */
export const ending: ItemReader<'ending'> = (told) => {
  const end = payloadOf(told, '/task_complete', '/turn_aborted')
  const error = part(end, 'error')
  const words = text(error, 'message') ?? text(end, 'reason') ?? ''
  return { state: hasError(end) ? 'failed' : 'interrupted', text: told.quote('text', 'output', words) }
}

/** What Codex told the person that went wrong. */
export const error: ItemReader<'error'> = (told) => {
  const payload = payloadOf(told, '/error')
  return { problem: errorClass(payload), text: told.quote('text', 'output', text(payload, 'message') ?? '') }
}

function hasError(payload: Parameters<typeof part>[0]): boolean {
  return Object.keys(part(payload, 'error')).length > 0
}
