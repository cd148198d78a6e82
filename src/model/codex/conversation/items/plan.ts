import { text } from '../../../attributes.ts'
import { part, parts } from '../../rollout/payload.ts'
import { argumentsOf } from '../call-input.ts'
import { payloadOf, type ItemReader } from '../told.ts'

/** The list of steps that the model keeps, or the plan of plan mode. */
export const plan: ItemReader<'plan'> = (told) => {
  const written = text(part(payloadOf(told, '/Plan'), 'item'), 'text')
  if (written !== null) return { steps: [], text: told.quote('text', 'output', written) }
  const asked = argumentsOf(payloadOf(told, '/function_call', '/custom_tool_call'))
  const steps = told.quoting.leavesOut.has('arguments') ? [] : parts(asked, 'plan')
  const why = text(asked, 'explanation')
  return {
    steps: steps.map((step) => ({
      text: told.quoting.edit(text(step, 'step') ?? ''),
      status: statusOf(text(step, 'status')),
    })),
    text: why === null ? null : told.quote('text', 'arguments', why),
  }
}

function statusOf(status: string | null): 'pending' | 'in_progress' | 'completed' {
  return status === 'completed' || status === 'in_progress' ? status : 'pending'
}
