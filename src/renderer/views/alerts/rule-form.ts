import { watched as watchedSchema } from '../../../model/alerts/rule.ts'
import type { RuleKind, Watched } from '../../../model/alerts/rule.ts'

/** What the form holds: the fields of every kind, so that changing the kind and back loses nothing. */
export interface RuleFields {
  kind: RuleKind
  measure: 'usd' | 'tokens'
  per: 'hour' | 'day' | 'month'
  limit: number
  overMinutes: 5 | 60
  minutes: number
  percent: number
  leastCalls: number
}

export const ruleKinds: readonly { readonly kind: RuleKind; readonly name: string; readonly about: string }[] = [
  {
    kind: 'budget',
    name: 'Budget',
    about: 'Cost or tokens since the hour, day or month began, helpers included. Fires once in each.',
  },
  { kind: 'burn-rate', name: 'Burn rate', about: 'How fast cost or tokens have grown over the last minutes.' },
  { kind: 'session-duration', name: 'Long session', about: 'Time that one of your sessions has spent inside turns.' },
  { kind: 'tool-success', name: 'Tool success', about: 'The share of tool calls of the last hour that succeeded.' },
  {
    kind: 'api-errors',
    name: 'API errors',
    about: 'The share of model calls of the last hour that failed: responses, and requests that were given up.',
  },
  {
    kind: 'approval-wait',
    name: 'Waiting for you',
    about: 'A command that waited for your answer. Codex sends nothing until you answer, so a silent turn counts too.',
  },
  {
    kind: 'digest',
    name: 'Weekly digest',
    about:
      'Sessions, time and cost of the last week, compared with the week before. On Monday, or when Colophon next runs.',
  },
]

/** What a new rule begins with, and what is offered where there is none. */
export const suggestions: readonly Watched[] = [
  { kind: 'budget', measure: 'usd', per: 'day', limit: 10 },
  { kind: 'burn-rate', measure: 'usd', limit: 5, overMinutes: 60 },
  { kind: 'session-duration', minutes: 30 },
  { kind: 'approval-wait', minutes: 2 },
  { kind: 'tool-success', underPercent: 80, leastCalls: 10 },
  { kind: 'api-errors', overPercent: 10, leastCalls: 10 },
  { kind: 'digest' },
]

const usual: RuleFields = {
  kind: 'budget',
  measure: 'usd',
  per: 'day',
  limit: 10,
  overMinutes: 60,
  minutes: 30,
  percent: 80,
  leastCalls: 10,
}

export function fieldsOf(watched: Watched): RuleFields {
  const percent =
    watched.kind === 'tool-success'
      ? { percent: watched.underPercent }
      : watched.kind === 'api-errors'
        ? { percent: watched.overPercent }
        : {}
  return { ...usual, ...watched, ...percent }
}

/** The fields that the suggestion of a kind has; the others stay as they were written. */
export function withKind(fields: RuleFields, kind: RuleKind): RuleFields {
  const suggested = suggestions.find((one) => one.kind === kind)
  return suggested ? { ...fields, ...fieldsOf(suggested), kind } : { ...fields, kind }
}

/** null where a figure is missing or out of bounds. */
export function watchedOf(fields: RuleFields): Watched | null {
  const { kind, measure, per, limit, overMinutes, minutes, percent, leastCalls } = fields
  const all: Readonly<Record<RuleKind, unknown>> = {
    budget: { kind, measure, per, limit },
    'burn-rate': { kind, measure, limit, overMinutes },
    'session-duration': { kind, minutes },
    'tool-success': { kind, underPercent: percent, leastCalls },
    'api-errors': { kind, overPercent: percent, leastCalls },
    'approval-wait': { kind, minutes },
    digest: { kind },
  }
  const parsed = watchedSchema.safeParse(all[kind])
  return parsed.success ? parsed.data : null
}
