import type { AppCall, AppSession } from '../genai/session.ts'
import { exactUsd } from '../pricing/money.ts'
import { appCallOf, appStepOf } from './app-rows.ts'
import type { TreeRow } from './row.ts'

function wordsOf(reasons: string | null): string | null {
  return reasons === null ? null : (JSON.parse(reasons) as string[]).join(', ')
}

function untimed({ event }: AppCall): string {
  return event === null ? 'its times cannot be right' : 'its log says only when it ended'
}

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
      ['of these for an hour', call.hourWriteTokens],
      ['output tokens', call.outputTokens],
      ['reasoning', call.reasoningTokens],
      ['usage', call.inputTokens === null && call.status === 'completed' ? 'not reported' : null],
      ['estimated cost', call.costUsd === null ? null : exactUsd(call.costUsd)],
      ['reported cost', call.reportedCostUsd === null ? null : exactUsd(call.reportedCostUsd)],
      ['duration', call.isTimed === 0 ? `unknown: ${untimed(call)}` : null],
      ['time to first token', call.ttftMs === null ? null : `${call.ttftMs.toLocaleString('en')} ms`],
      ['finish reasons', wordsOf(call.finishReasons)],
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
