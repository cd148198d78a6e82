import type { SessionKind, Tokens } from '../../session/summary.ts'
import { brokenResponses, type SettledAttempt } from './calls.ts'
import type { Evidence } from './evidence.ts'
import { headline } from './headline.ts'
import type { SettledTool } from './tools.ts'
import type { Turn, TurnState } from './turns.ts'

/** `idle`: no turn has begun. `unknown`: no record was understood. */
export type EndState = 'idle' | 'unknown' | TurnState

export interface SettledSession {
  readonly kind: SessionKind
  readonly parentId: string | null
  readonly parentCallId: string | null
  readonly title: string | null
  readonly endState: EndState
  readonly busyNs: number
  readonly openSince: number | null
  readonly models: readonly string[]
  readonly model: string | null
  readonly effort: string | null
  readonly folder: string | null
  readonly approvalPolicy: string | null
  readonly sandboxPolicy: string | null
  readonly prompts: number
  readonly turns: number
  readonly apiCalls: number
  readonly failedApiCalls: number
  readonly retries: number
  readonly toolCalls: number
  readonly failedToolCalls: number
  readonly wrapperCalls: number
  readonly cancelledToolCalls: number
  readonly nonZeroExits: number
  readonly errors: number
  readonly tokens: Tokens
}

export function settleSession(
  evidence: Evidence,
  turns: readonly Turn[],
  settledTools: readonly SettledTool[],
  settledAttempts: readonly SettledAttempt[],
): SettledSession {
  const { calls, tools, starts, attempts } = evidence
  const completed = calls.filter(({ status }) => status === 'completed').sort((a, b) => a.at - b.at)
  const start = [...starts].sort((a, b) => a.at - b.at).at(-1)
  const roles = new Map(settledTools.map(({ callId, role }) => [callId, role]))
  const finished = tools.filter(({ at }) => at !== null)
  const direct = finished.filter(({ callId }) => roles.get(callId) === 'call')
  const failedTools = direct.filter(({ success }) => success === false).length
  const failedScripts = finished.filter(
    ({ callId, success }) => roles.get(callId) === 'wrapper' && success === false,
  ).length
  const last = turns.at(-1)
  const sum = (pick: (call: (typeof calls)[number]) => number): number =>
    completed.reduce((n, call) => n + pick(call), 0)
  return {
    ...identity(evidence),
    endState: last?.state ?? (evidence.understood ? 'idle' : 'unknown'),
    busyNs: turns.reduce((n, turn) => n + (turn.end === null ? 0 : turn.end - turn.start - turn.awayNs), 0),
    openSince: last !== undefined && last.end === null ? last.start : null,
    models: [...new Set(completed.map(({ model }) => model).filter((model) => model !== null))].sort(),
    model: completed.at(-1)?.model ?? start?.model ?? null,
    effort: completed.at(-1)?.effort ?? start?.effort ?? null,
    folder: [...evidence.folders].sort((a, b) => a.start - b.start)[0]?.folder ?? null,
    approvalPolicy: start?.approvalPolicy ?? null,
    sandboxPolicy: start?.sandboxPolicy ?? null,
    prompts: evidence.prompts.length,
    turns: turns.length,
    apiCalls: completed.length,
    failedApiCalls: calls.length - completed.length,
    retries: settledAttempts.filter(({ retry }) => retry === true).length,
    toolCalls: direct.length,
    failedToolCalls: failedTools,
    wrapperCalls: finished.length - direct.length,
    cancelledToolCalls: tools.filter(({ at, aborted }) => at === null && aborted === true).length,
    nonZeroExits: direct.filter(({ exitCode }) => exitCode !== null && exitCode !== 0).length,
    errors:
      brokenResponses(calls) +
      attempts.filter(({ success }) => !success).length +
      turns.filter(({ failedAlone }) => failedAlone).length +
      failedTools +
      failedScripts,
    tokens: {
      input: sum(({ input }) => input),
      cached: sum(({ cached }) => cached),
      cacheWrite: sum(({ cacheWrite }) => cacheWrite),
      output: sum(({ output }) => output),
      reasoning: sum(({ reasoning }) => reasoning),
    },
  }
}

type Identity = Pick<SettledSession, 'kind' | 'parentId' | 'parentCallId' | 'title'>

/** The TUI gives the hidden requests of its title threads ids that begin so. */
const titleRequest = 'temporary-structured-'
const titlePrompt = 'Generate a concise, single-line task title'
const reviewPrompt = '>>> APPROVAL REQUEST START'

function identity(evidence: Evidence): Identity {
  const { thread, prompts } = evidence
  const first = [...prompts].sort((a, b) => a.at - b.at).find(({ text }) => text !== null)
  const text = first?.text ?? null
  const told = telemetryIdentity(evidence, text)
  if (thread === null || told.kind === 'title') return told
  const { kind } = thread
  return {
    kind,
    parentId: thread.parentId ?? told.parentId,
    parentCallId: thread.parentCallId ?? told.parentCallId,
    title: kind === 'guardian' ? 'Approval review' : told.title,
  }
}

function telemetryIdentity(evidence: Evidence, text: string | null): Identity {
  const { spawn, review, requests, tools } = evidence
  if (spawn !== null)
    return { kind: 'subagent', parentId: spawn.parentId, parentCallId: null, title: headline(spawn.message ?? text) }
  if (review !== null && review.parentId !== evidence.id)
    return { kind: 'guardian', parentId: review.parentId, parentCallId: review.callId, title: 'Approval review' }
  if (text?.includes(reviewPrompt) === true)
    return { kind: 'guardian', parentId: null, parentCallId: null, title: 'Approval review' }
  if (
    requests.some(({ requestId }) => requestId?.startsWith(titleRequest) === true) ||
    text?.startsWith(titlePrompt) === true
  )
    return titleIdentity(evidence, text)
  if (tools.some(({ agent }) => agent !== null && agent !== '/root'))
    return { kind: 'subagent', parentId: null, parentCallId: null, title: headline(text) }
  return { kind: 'user', parentId: null, parentCallId: null, title: headline(text) }
}

/** A title session quotes the prompt that it names, and starts a moment after it. */
function titleIdentity({ neighbours }: Evidence, text: string | null): Identity {
  const quoted = text === null ? null : (/\nUser prompt:\n([\s\S]*)$/.exec(text)?.[1] ?? null)
  const nearest = [...neighbours].sort(
    (a, b) => Math.abs(a.at) - Math.abs(b.at) || a.sessionId.localeCompare(b.sessionId),
  )
  const parent = nearest.find((near) => quoted !== null && near.text === quoted) ?? nearest[0]
  return { kind: 'title', parentId: parent?.sessionId ?? null, parentCallId: null, title: headline(quoted) }
}
