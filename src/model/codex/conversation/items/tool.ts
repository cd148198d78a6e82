import { text } from '../../../attributes.ts'
import { part } from '../../rollout/payload.ts'
import { callLines, endOf } from '../call-end.ts'
import { folderOf, inputOf } from '../call-input.ts'
import { outputOf, outputPieces } from '../call-output.ts'
import { imagesOf } from '../images.ts'
import type { ItemReader } from '../told.ts'

export const tool: ItemReader<'tool'> = (told) => {
  const lines = callLines(told)
  const { call, output, item } = lines
  const invocation = part(item, 'invocation')
  const asked = inputOf(call, 'arguments' in invocation ? invocation : item)
  const given = outputOf(output, item)
  const byUser = text(item, 'source') === 'user_shell'
  return {
    tool:
      text(call, 'name') ?? text(item, 'tool') ?? text(invocation, 'tool') ?? nameOf(told.lines[0]?.kind ?? '', byUser),
    server: text(item, 'server') ?? text(invocation, 'server'),
    nested: told.entry.nested,
    ...endOf(told, lines),
    input: told.quote('input', byUser ? 'prompts' : 'arguments', asked.text),
    language: asked.language,
    folder: folderOf(call, item),
    byUser,
    output: given === null ? null : told.quote('output', 'output', given),
    images: [...imagesOf(outputPieces(output, item), told.quoting, 'output')],
  }
}

/** What began without a call of the model has its item's name. */
function nameOf(kind: string, byUser: boolean): string {
  if (byUser) return 'your command'
  if (kind.endsWith('/WebSearch')) return 'web_search'
  if (kind.endsWith('/ImageView')) return 'view_image'
  return kind.endsWith('/CommandExecution') ? 'exec_command' : 'tool'
}

/** A call that began a thread of its own. */
export const agent: ItemReader<'agent'> = (told) => {
  const lines = callLines(told)
  const { call, item } = lines
  const { state, durationMs } = endOf(told, lines)
  const { text: asked } = inputOf(call, {})
  return {
    tool: text(call, 'name') ?? 'spawn_agent',
    state: state === 'open' && 'agent_thread_id' in item ? 'ok' : state,
    durationMs,
    nested: told.entry.nested,
    agentId: text(item, 'agent_thread_id'),
    name: text(item, 'agent_path') ?? '',
    model: text(item, 'model'),
    task: told.quote('text', 'arguments', taskOf(asked)),
  }
}

function taskOf(json: string): string {
  try {
    const { message } = JSON.parse(json) as { message?: unknown }
    return typeof message === 'string' ? message : json
  } catch {
    return json
  }
}
