import { keepsSession, overlaps, usedModel, type Session } from './facts.ts'
import { toolSpans } from './tools.ts'
import { ofModel, ofSessions, type Answer, type Known } from './known.ts'
import { buckets, groups, share, within, type Question } from './question.ts'

/** Sessions that a person started. */
export function people({ sessions }: Known, question: Question): Session[] {
  return sessions.filter(
    (one) => one.kind === 'user' && keepsSession(question.filters, one) && usedModel(question.filters, one),
  )
}

const decided = {
  accepted: new Set(['approved', 'approved_for_session', 'approved_with_network_policy_allow']),
  amended: new Set(['approved_with_amendment']),
}

interface Decided {
  readonly session: Session
  readonly atNs: bigint
  readonly as: 'accepted' | 'amended' | 'rejected' | 'cancelled' | 'configuration' | 'reviewer'
}

function decisionsOf(session: Session): Decided[] {
  const told = session.logs
    .filter(({ event }) => event === 'codex.tool_decision')
    .map(({ atNs, attributes }): Decided => {
      const source = (attributes['source'] ?? '').toLowerCase()
      const decision = attributes['decision'] ?? ''
      const byUser = decided.accepted.has(decision)
        ? 'accepted'
        : decided.amended.has(decision)
          ? 'amended'
          : 'rejected'
      return {
        ...{ session, atNs },
        as: source === 'config' ? 'configuration' : source === 'user' ? byUser : 'reviewer',
      }
    })
  const ended = new Set(
    session.logs.filter(({ event }) => event === 'codex.tool_result').map(({ attributes }) => attributes['call_id']),
  )
  const cancelled = toolSpans(session)
    .filter(({ attributes }) => attributes['aborted'] === 'true' && !ended.has(attributes['call_id']))
    .map(({ endNs }): Decided => ({ session, atNs: endNs, as: 'cancelled' }))
  return [...told, ...cancelled]
}

export const activity: Readonly<Record<string, Answer>> = {
  'sessions-and-calls': (known, question) => {
    const prompts = people(known, question).flatMap((session) =>
      session.logs.filter(({ event, atNs }) => event === 'codex.user_prompt' && within(question, atNs)),
    )
    return [
      {
        sessions: people(known, question).filter((one) => overlaps(question, one)).length,
        prompts: prompts.length,
        calls: ofModel(known.calls, question).length,
      },
    ]
  },
  'conversations-over-time': (known, question) =>
    buckets(
      question,
      people(known, question).filter(({ firstNs }) => within(question, firstNs)),
      ({ firstNs }) => firstNs,
    ).map(([atMs, of]) => ({ atMs, sessions: of.length })),
  'calls-over-time': ({ calls, broken }, question) => {
    const completed = new Map(buckets(question, ofModel(calls, question), ({ atNs }) => atNs))
    const failed = new Map(buckets(question, ofModel(broken, question), ({ atNs }) => atNs))
    return [...new Set([...completed.keys(), ...failed.keys()])].map((atMs) => ({
      ...{ atMs, completed: completed.get(atMs)?.length ?? 0, failed: failed.get(atMs)?.length ?? 0 },
    }))
  },
  'tool-activity-over-time': ({ tools }, question) =>
    buckets(question, ofSessions(tools, question), ({ atNs }) => atNs).flatMap(([atMs, of]) =>
      groups(of, ({ name }) => name).map(([tool, own]) => ({ atMs, tool, calls: own.length })),
    ),
  'tool-calls-total': ({ tools }, question) => {
    const of = ofSessions(tools, question)
    const nonZero = of.filter(({ exitCode }) => exitCode !== null && exitCode !== 0).length
    return [{ calls: of.length, failed: of.filter(({ success }) => !success).length, nonZero }]
  },
  'acceptance-rate': ({ sessions }, question) => {
    const own = ofSessions(sessions.flatMap(decisionsOf), question).filter(
      ({ as }) => as !== 'configuration' && as !== 'reviewer',
    )
    return buckets(question, own, ({ atNs }) => atNs).map(([atMs, of]) => ({
      atMs,
      rate: share(of.filter(({ as }) => as === 'accepted' || as === 'amended').length, of.length),
    }))
  },
  'tool-types': ({ tools }, question) =>
    groups(ofSessions(tools, question), ({ name, server }) => (server === '' ? name : `MCP ${server}`)).map(
      ([tool, of]) => ({
        ...{ tool, calls: of.length },
      }),
    ),
  'user-decisions': ({ sessions }, question) =>
    buckets(question, ofSessions(sessions.flatMap(decisionsOf), question), ({ atNs }) => atNs).map(([atMs, of]) => {
      const count = (as: Decided['as']): number => of.filter((one) => one.as === as).length
      return {
        ...{ atMs, accepted: count('accepted'), amended: count('amended'), rejected: count('rejected') },
        ...{ cancelled: count('cancelled'), configuration: count('configuration'), reviewer: count('reviewer') },
      }
    }),
}
