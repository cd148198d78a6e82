import type { AppSession } from '../genai/session.ts'
import { appCallOf, appStepOf } from './app-rows.ts'
import type { TreeRow } from './row.ts'

/** What is known of one row of an application's session, as names and values in the order that they are shown in. */
export function appFields(app: AppSession, row: TreeRow): readonly (readonly [string, string | number | null])[] {
  const call = appCallOf(app, row)
  if (call !== undefined)
    return [
      ['operation', call.operation],
      ['provider', call.provider],
      ['model', call.model],
      ['input tokens', call.inputTokens],
      ['cached', call.cachedTokens],
      ['written to cache', call.cacheWriteTokens],
      ['output tokens', call.outputTokens],
      ['reasoning', call.reasoningTokens],
      ['time to first token', call.ttftMs === null ? null : `${call.ttftMs.toLocaleString('en')} ms`],
      ['finish reasons', call.finishReasons],
      ['error', call.errorType],
    ]
  const step = appStepOf(app, row)
  if (step === undefined) return []
  return [
    [step.kind, step.name],
    ['call id', step.callId],
    ['error', step.errorType],
  ]
}
