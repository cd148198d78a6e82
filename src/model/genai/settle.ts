import type { SettledSession } from '../codex/settle/index.ts'
import { visible } from '../visible.ts'
import type { AppSession } from './session.ts'

/** What a session list shows of an application's session. A pure function of its facts. */
export function settleApp({ calls, steps, turns }: AppSession): SettledSession {
  const completed = calls.filter(({ status }) => status === 'completed').sort((a, b) => a.end - b.end)
  const tools = steps.filter(({ kind }) => kind === 'tool')
  const failedTools = tools.filter(({ status }) => status === 'failed').length
  const prompts = steps.filter(({ kind }) => kind === 'prompt')
  const models = completed.map(({ model }) => model).filter((model) => model !== null)
  const sum = (pick: (call: (typeof calls)[number]) => number | null): number =>
    completed.reduce((total, call) => total + (pick(call) ?? 0), 0)
  return {
    kind: 'app',
    parentId: null,
    parentCallId: null,
    title: titleOf({ calls, turns }),
    // Only what has ended is sent, so nothing is known to be under way.
    endState: 'done',
    busyNs: coveredBy(turns),
    openSince: null,
    models: [...new Set(models)].sort(),
    model: models.at(-1) ?? null,
    effort: null,
    folder: null,
    approvalPolicy: null,
    sandboxPolicy: null,
    prompts: prompts.length,
    turns: turns.length,
    apiCalls: completed.length,
    failedApiCalls: calls.length - completed.length,
    retries: 0,
    toolCalls: tools.length,
    failedToolCalls: failedTools,
    wrapperCalls: 0,
    cancelledToolCalls: 0,
    nonZeroExits: 0,
    errors: calls.length - completed.length + failedTools,
    tokens: {
      input: sum(({ inputTokens }) => inputTokens),
      cached: sum(({ cachedTokens }) => cachedTokens),
      cacheWrite: sum(({ cacheWriteTokens }) => cacheWriteTokens),
      output: sum(({ outputTokens }) => outputTokens),
      reasoning: sum(({ reasoningTokens }) => reasoningTokens),
    },
  }
}

const titleLength = 160

/** The first prompt or agent; else the first call as its span is named. */
function titleOf({ calls, turns }: Pick<AppSession, 'calls' | 'turns'>): string | null {
  const named = turns.find(({ name }) => name !== null)?.name
  const first = [...calls].sort((a, b) => a.start - b.start || (a.spanId < b.spanId ? -1 : 1))[0]
  const title = named ?? (first === undefined ? null : `${first.operation} ${first.model ?? ''}`)
  const line = visible(
    (title ?? '')
      .slice(0, titleLength * 4)
      .replace(/\s+/g, ' ')
      .trim(),
  )
  if (line === '') return null
  return line.length > titleLength ? `${line.slice(0, titleLength - 1)}…` : line
}

/** Turns of one conversation may overlap: each moment counts once. */
function coveredBy(turns: AppSession['turns']): number {
  let covered = 0
  let until = -Infinity
  for (const { start, end } of turns) {
    covered += Math.max(0, end - Math.max(start, until))
    until = Math.max(until, end)
  }
  return covered
}
