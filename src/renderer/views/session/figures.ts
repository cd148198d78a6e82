import type { Changes } from '../../../contract/projects.ts'
import type { SessionDetails } from '../../../contract/session.ts'
import type { ReceiptCall, ReceiptsResult } from '../../../contract/receipts.ts'
import type { SessionSummary } from '../../../model/session/summary.ts'
import { duration, exactDuration } from '../../format/duration.ts'
import { exactUsd, usd } from '../../../model/pricing/money.ts'
import { compact, counted, exact, percent } from '../../format/number.ts'
import { isUntimed, oneMoment } from '../../../model/session/untimed.ts'
import { untimedWords } from '../../../model/tree/words.ts'
import { wallOf } from '../sessions/columns.ts'

export interface Figure {
  readonly name: string
  readonly value: string
  readonly more?: string
  readonly bad?: boolean
  readonly title: string
}

/** The figures in the head of a session; what its helpers used stands beside its own tokens. */
export function figuresOf(
  session: SessionSummary & Pick<SessionDetails, 'copiedIn'>,
  nowMs: number,
  receipts: ReceiptsResult | null = null,
): readonly Figure[] {
  const { tokens } = session
  const helpers = receipts?.helpers.tokens ?? { input: 0, output: 0 }
  const wallMs = wallOf(session, nowMs)
  // Of a copy alone neither is known.
  const hasActs = session.copiedIn === undefined || session.witness !== 'file'
  const prompts = {
    name: session.prompts === 1 ? 'prompt' : 'prompts',
    value: exact(session.prompts),
    title: 'messages to Codex',
  }
  const tools = {
    name: session.toolCalls === 1 ? 'tool call' : 'tool calls',
    value: exact(session.toolCalls),
    ...failed(session.failedToolCalls, 0),
    title: `${exact(session.toolCalls)} finished, ${exact(session.failedToolCalls)} failed, ${exact(session.nonZeroExits)} with an exit code other than 0, ${exact(session.cancelledToolCalls)} cancelled; ${exact(session.wrapperCalls)} calls of code mode's wrapper are not included`,
  }
  const length = {
    name: `wall, ${duration(session.busyMs)} busy`,
    value: duration(wallMs),
    title: `wall ${exactDuration(wallMs)}; busy ${exactDuration(session.busyMs)}: the time inside turns`,
  }
  return [
    isUntimed(wallMs) ? { name: untimedWords, value: '–', title: oneMoment } : length,
    ...(hasActs ? [prompts] : []),
    {
      name: session.apiCalls === 1 ? 'model call' : 'model calls',
      value: exact(session.apiCalls),
      ...failed(session.failedApiCalls, session.retries),
      title: `${exact(session.apiCalls)} completed, ${exact(session.failedApiCalls)} failed, ${exact(session.retries)} repeated requests`,
    },
    ...(hasActs ? [tools] : []),
    {
      name: 'input tokens',
      value: compact(tokens.input),
      ...moreOf(tokens.input > 0 && `${percent(tokens.cached, tokens.input)} cached`, byHelpers(helpers.input)),
      title: `${exact(tokens.input)} input tokens, ${exact(tokens.cached)} of them cached, ${exact(tokens.cacheWrite)} written to the cache; the ${exact(helpers.input)} of its helpers are not included`,
    },
    {
      name: 'output tokens',
      value: compact(tokens.output),
      ...moreOf(tokens.reasoning > 0 && `${compact(tokens.reasoning)} reasoning`, byHelpers(helpers.output)),
      title: `${exact(tokens.output)} output tokens, ${exact(tokens.reasoning)} of them reasoning; the ${exact(helpers.output)} of its helpers are not included`,
    },
  ]
}

/** What its patches changed; null where they changed nothing, or no file tells. */
export function changesFigure({ changes }: Pick<SessionDetails, 'changes'>): Figure | null {
  if (changes === undefined || changes.filesChanged === 0) return null
  const { filesChanged, linesAdded, linesRemoved } = changes
  return {
    name: filesChanged === 1 ? 'file changed' : 'files changed',
    value: exact(filesChanged),
    more: `+${compact(linesAdded)} −${compact(linesRemoved)}`,
    title: `${changedWords(changes)}; by its own patches, as Codex's session file says`,
  }
}

/** `3 files changed, 12 lines added, 4 removed` */
export function changedWords({ filesChanged, linesAdded, linesRemoved }: Changes): string {
  return `${counted(filesChanged, 'file')} changed, ${counted(linesAdded, 'line')} added, ${exact(linesRemoved)} removed`
}

const byHelpers = (count: number): string | false => count > 0 && `+ ${compact(count)} helpers`

function moreOf(...words: readonly (string | false)[]): Pick<Figure, 'more'> {
  const more = words.filter((one) => one !== false).join(', ')
  return more === '' ? {} : { more }
}

function failed(count: number, retries: number): Pick<Figure, 'more' | 'bad'> {
  if (count > 0) return { more: `${exact(count)} failed`, bad: true }
  return retries > 0 ? { more: `${exact(retries)} ${retries === 1 ? 'retry' : 'retries'}` } : {}
}

export const whyUnpriced = {
  no_model: 'it names no model',
  unknown_model: 'no price is known',
  unknown_tier: 'no price is known for its service tier',
  not_reported: 'it reports no usage',
} as const

/** Which calls have no price, and why: `3 calls of gpt-9: no price is known`. */
export function unpricedWords({ unpriced }: Pick<ReceiptsResult, 'unpriced'>): readonly string[] {
  return unpriced.map(
    ({ model, tier, reason, calls }) =>
      `${counted(calls, 'call')}${model === null ? '' : ` of ${model}`}${tier === null ? '' : `, tier ${tier}`}: ${whyUnpriced[reason]}`,
  )
}

/** How far what an application reckons is from the estimate of the same calls. */
export function differenceWords(reportedUsd: number, estimatedUsd: number): string {
  const difference = reportedUsd - estimatedUsd
  if (Math.abs(difference) < 1e-6) return 'as estimated'
  return `${usd(Math.abs(difference))} ${difference > 0 ? 'more' : 'less'} than estimated`
}

/** What an application reckons for a call, and why that differs from the estimate. */
export function reportedWords({ reportedCostUsd, reportedDiffers, costUsd }: ReceiptCall): string {
  if (reportedCostUsd === null) return ''
  return [
    `${exactUsd(reportedCostUsd)}, as reported by the application`,
    ...(costUsd === null ? [] : [differenceWords(reportedCostUsd, costUsd)]),
    ...(reportedDiffers === 'hour_writes'
      ? ['everything written to the cache is kept for an hour, which costs more']
      : []),
  ].join('; ')
}

/** What could not be priced is a dash, never $0. */
export function costFigure(session: SessionSummary, receipts: ReceiptsResult | null): Figure {
  const { costUsd, unpricedCalls, unreportedCalls, reportedCostUsd } = session
  const helpers = receipts?.helpers.costUsd ?? null
  const more = [
    ...(unpricedCalls > unreportedCalls ? [`${exact(unpricedCalls - unreportedCalls)} unpriced`] : []),
    ...(unreportedCalls > 0 ? [`without ${counted(unreportedCalls, 'call')}`] : []),
    ...(reportedCostUsd === null ? [] : [`${usd(reportedCostUsd)} reported`]),
    ...(helpers === null ? [] : [`+ ${usd(helpers)} helpers`]),
  ].join(', ')
  return {
    name: 'API-equivalent estimate',
    value: costUsd === null ? '–' : usd(costUsd),
    ...(more === '' ? {} : { more }),
    title: [
      ...(costUsd === null ? [] : [`${exactUsd(costUsd)} for its own calls`]),
      ...(helpers === null ? [] : [`${exactUsd(helpers)} for those of its helpers`]),
      ...(receipts ? unpricedWords(receipts) : []),
      ...(costUsd === null && unpricedCalls === 0 ? ['no response has been completed'] : []),
      'what the same calls would cost over the API, not a bill',
    ].join('; '),
  }
}
