import type { Capture } from '../../../captures.ts'
import { recordsOf, type Point } from './records.ts'
import {
  attemptsOf,
  brokenOf,
  callsOf,
  keepsSession,
  sessionsOf,
  turnsOf,
  usedModel,
  type Attempt,
  type Broken,
  type Call,
  type Fact,
  type Session,
  type Turn,
} from './facts.ts'
import { toolsOf, type Tool } from './tools.ts'
import { among, within, type Question, type Row } from './question.ts'

/** All that the captures tell, as plain facts. */
export interface Known {
  readonly sessions: readonly Session[]
  readonly calls: readonly Call[]
  readonly broken: readonly Broken[]
  readonly attempts: readonly Attempt[]
  readonly tools: readonly Tool[]
  readonly turns: readonly Turn[]
  readonly points: readonly Point[]
}

export function know(captures: readonly Capture[]): Known {
  // Each run apart: none speaks of another's conversations.
  const runs = captures.map(({ bodies, conversations }) => ({ records: recordsOf(bodies), conversations }))
  const sessions = runs.flatMap(({ records, conversations }) => sessionsOf(records, conversations))
  return {
    sessions,
    calls: sessions.flatMap(callsOf),
    broken: sessions.flatMap(brokenOf),
    attempts: sessions.flatMap(attemptsOf),
    tools: sessions.flatMap(toolsOf).filter(({ wrapper }) => !wrapper),
    turns: sessions.flatMap(turnsOf),
    points: runs.flatMap(({ records }) => records.points),
  }
}

export type Answer = (known: Known, question: Question) => Row[]

/** Of facts that have a model of their own. */
export function ofModel<T extends Fact & { readonly model: string }>(facts: readonly T[], question: Question): T[] {
  const { filters } = question
  return facts.filter(
    (fact) => within(question, fact.atNs) && keepsSession(filters, fact.session) && among(filters.model, fact.model),
  )
}

/** Of facts that have none. */
export function ofSessions<T extends Fact>(facts: readonly T[], question: Question): T[] {
  const { filters } = question
  return facts.filter(
    (fact) => within(question, fact.atNs) && keepsSession(filters, fact.session) && usedModel(filters, fact.session),
  )
}
