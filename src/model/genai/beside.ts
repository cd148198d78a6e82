import { text, type Attributes } from '../attributes.ts'
import { everyField, field, requestModelOf } from './fields.ts'
import type { AppCall } from './session.ts'

/** A log of a request or an answer is written when that is sent or has come. */
const slackNs = 50e6

/**
 * Whether a log that tells no call by itself (Claude Code's answers, Gemini CLI's requests) speaks of this one: it names the call's
 * request or answer, or it names none, and of the calls to its model this one began or ended at its time. `at` and the calls' times are
 * nanoseconds after one base.
 */
export function isBeside(call: AppCall, calls: readonly AppCall[], at: number, attributes: Attributes): boolean {
  const ids = new Set(JSON.parse(call.ids) as string[])
  const named = [...everyField(attributes, 'id'), ...(text(attributes, 'request_id') ?? '').split(' ')].filter(
    (id) => id !== '',
  )
  if (named.some((id) => ids.has(id))) return true
  if (named.length > 0 && ids.size > 0) return false
  const models = [requestModelOf(attributes), field(attributes, 'responseModel'), text(attributes, 'model')]
  const isToModel = ({ model }: AppCall): boolean => model !== null && models.includes(model)
  if (!isToModel(call)) return false
  const distance = ({ start, end }: AppCall): number => Math.min(Math.abs(at - start), Math.abs(at - end))
  const own = distance(call)
  return own <= slackNs && calls.every((other) => other === call || !isToModel(other) || distance(other) > own)
}

/** Whether a record names the tool's call. */
export function namesCall(callId: string | null, attributes: Attributes): boolean {
  const ids = [field(attributes, 'callId'), text(attributes, 'tool_use_id'), text(attributes, 'call_id')]
  return callId !== null && ids.includes(callId)
}
