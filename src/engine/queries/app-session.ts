import { appSession, type AppSession } from '../../model/genai/session.ts'
import type { SessionFacts } from '../../model/tree/facts.ts'
import { readAppCalls, readAppSteps } from '../store/app-facts.ts'
import type { Db } from '../store/database.ts'

type Own = 'turns' | 'calls' | 'tools' | 'samplings'

/** An application's session in the words that ledgers and lists of turns are made from. `base`: Unix nanoseconds. */
export function readAppSession(db: Db, id: string, base: bigint): Pick<SessionFacts, Own> & { app: AppSession } {
  const app = appSession(readAppCalls(db, id, base), readAppSteps(db, id, base))
  return {
    app,
    turns: app.turns.map(({ turnId, start, end, name }, i) => ({
      ...{ number: i + 1, turnId, start, end, prompt: name },
      state: 'done',
      error: null,
      abandoned: false,
      failedAlone: false,
    })),
    calls: app.calls.map(({ end, errorType, inputTokens, cachedTokens, outputTokens, reasoningTokens, ...call }) => ({
      ...call,
      inputTokens: inputTokens ?? 0,
      cachedTokens: cachedTokens ?? 0,
      outputTokens: outputTokens ?? 0,
      reasoningTokens: reasoningTokens ?? 0,
      ttftMs: call.ttftMs === null ? null : Math.round(call.ttftMs),
      at: end,
      error: errorType,
      begunAfter: null,
      firstItemAt: null,
      firstTokenMs: null,
    })),
    tools: app.steps.flatMap((step) => {
      if (step.kind !== 'tool') return []
      const { start, end } = step
      return [
        {
          callId: step.callId ?? step.spanId,
          tool: step.name,
          mcpServer: null,
          at: end,
          durationMs: Math.round((end - start) / 1e6),
          success: step.status !== 'failed',
          exitCode: null,
          running: false,
          summary: step.summary,
          spanStart: start,
          spanEnd: end,
          aborted: null,
          turnId: app.places.get(step)?.turnId ?? null,
          parentCallId: null,
          witness: 'telemetry',
          waitStart: null,
          waitEnd: null,
        },
      ]
    }),
    samplings: app.calls.map(({ start, end }) => ({ start, end })),
  }
}
