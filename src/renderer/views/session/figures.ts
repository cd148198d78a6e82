import type { SessionSummary } from '../../../model/session/summary.ts'
import { duration, exactDuration } from '../../format/duration.ts'
import { compact, exact, percent } from '../../format/number.ts'
import { wallOf } from '../sessions/columns.ts'

export interface Figure {
  readonly name: string
  readonly value: string
  readonly more?: string
  readonly bad?: boolean
  readonly title: string
}

/** The figures in the head of a session. */
export function figuresOf(session: SessionSummary, nowMs: number): readonly Figure[] {
  const { tokens } = session
  const wallMs = wallOf(session, nowMs)
  return [
    {
      name: `wall, ${duration(session.busyMs)} busy`,
      value: duration(wallMs),
      title: `wall ${exactDuration(wallMs)}; busy ${exactDuration(session.busyMs)}: the time inside turns`,
    },
    { name: session.prompts === 1 ? 'prompt' : 'prompts', value: exact(session.prompts), title: 'messages to Codex' },
    {
      name: 'model calls',
      value: exact(session.apiCalls),
      ...failed(session.failedApiCalls, session.retries),
      title: `${exact(session.apiCalls)} completed, ${exact(session.failedApiCalls)} failed, ${exact(session.retries)} requests beyond the first of their response`,
    },
    {
      name: 'tool calls',
      value: exact(session.toolCalls),
      ...failed(session.failedToolCalls, 0),
      title: `${exact(session.toolCalls)} finished, ${exact(session.failedToolCalls)} failed, ${exact(session.nonZeroExits)} with an exit code other than 0, ${exact(session.cancelledToolCalls)} cancelled; ${exact(session.wrapperCalls)} calls of code mode's wrapper are not among them`,
    },
    {
      name: 'input tokens',
      value: compact(tokens.input),
      ...(tokens.input > 0 ? { more: `${percent(tokens.cached, tokens.input)} cached` } : {}),
      title: `${exact(tokens.input)} input tokens, ${exact(tokens.cached)} of them cached, ${exact(tokens.cacheWrite)} written to the cache`,
    },
    {
      name: 'output tokens',
      value: compact(tokens.output),
      ...(tokens.reasoning > 0 ? { more: `${compact(tokens.reasoning)} reasoning` } : {}),
      title: `${exact(tokens.output)} output tokens, ${exact(tokens.reasoning)} of them reasoning`,
    },
  ]
}

function failed(count: number, retries: number): Pick<Figure, 'more' | 'bad'> {
  if (count > 0) return { more: `${exact(count)} failed`, bad: true }
  return retries > 0 ? { more: `${exact(retries)} ${retries === 1 ? 'retry' : 'retries'}` } : {}
}
