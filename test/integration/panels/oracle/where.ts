import { attemptsOf, brokenOf, callsOf, overlaps, turnsOf, keepsSession, usedModel, type Session } from './facts.ts'
import { toolsOf } from './tools.ts'
import { people } from './activity.ts'
import type { Answer, Known } from './known.ts'
import { groups, percentile, share, sum, type Question, type Row } from './question.ts'
import { costOf, knownCost } from './tokens.ts'

const present = (known: Known, question: Question): Session[] =>
  people(known, question).filter((one) => overlaps(question, one))

const wallMs = ({ firstNs, lastNs }: Session): number => Number((lastNs - firstNs) / 1_000_000n)

/** Time inside turns. */
function busyMs(session: Session): number {
  return Number(turnsOf(session).reduce((ns, { atNs, endNs }) => ns + endNs - atNs, 0n) / 1_000_000n)
}

const minute = 60_000
const hour = 60 * minute
const edges = [0, 10_000, 30_000, minute, 2 * minute, 5 * minute, 10 * minute, 20 * minute, hour, 2 * hour, 4 * hour]
const bins = [...edges, 24 * hour].map((from, i, all) => ({ from, to: all[i + 1] ?? null }))

function errorsOf(session: Session): number {
  const failedRequests = attemptsOf(session).filter(({ ok }) => !ok).length
  return failedRequests + brokenOf(session).length + toolsOf(session).filter(({ success }) => !success).length
}

export const where: Readonly<Record<string, Answer>> = {
  'terminal-types': (known, question) =>
    groups(present(known, question), ({ terminal }) => terminal).map(([terminal, of]) => ({
      ...{ terminal, sessions: of.length },
    })),
  sources: (known, question) =>
    groups(present(known, question), ({ originator, source, environment, appVersion }) =>
      [originator, source, environment, appVersion].join('\n'),
    ).map(([key, of]) => {
      const [originator = '', source = '', environment = '', appVersion = ''] = key.split('\n')
      return { originator, source, environment, appVersion, sessions: of.length }
    }),
  'session-duration': (known, question) => {
    const walls = present(known, question).map(wallMs)
    const busy = present(known, question).map(busyMs)
    if (walls.length === 0) return []
    const fit = (all: readonly number[], { from, to }: (typeof bins)[number]): number =>
      all.filter((ms) => ms >= from && ms < (to ?? Infinity)).length
    return bins.map((bin): Row => {
      const { from: fromMs, to: toMs } = bin
      const overTenMinutes = walls.filter((ms) => ms > 10 * minute).length
      const figures = { p95WallMs: percentile(walls, 95), p95BusyMs: percentile(busy, 95), overTenMinutes }
      return { fromMs, toMs, wall: fit(walls, bin), busy: fit(busy, bin), ...figures }
    })
  },
  'session-duration-by-model': (known, question) =>
    groups(
      present(known, question).flatMap((session) => [...session.models].map((model) => ({ model, session }))),
      ({ model }) => model,
    ).map(([model, of]) => ({
      ...{ model, sessions: of.length },
      p95WallMs: percentile(
        of.map(({ session }) => wallMs(session)),
        95,
      ),
      p95BusyMs: percentile(
        of.map(({ session }) => busyMs(session)),
        95,
      ),
    })),
  'cost-of-work': (known, question) =>
    groups(
      present(known, question).filter((session) => callsOf(session).some((call) => costOf(call) !== null)),
      ({ models }) => [...models].join(' + '),
    ).map(([models, of]) => {
      const costUsd = sum(of, (session) => knownCost(callsOf(session)) ?? 0)
      const tools = of.flatMap(toolsOf).filter(({ wrapper }) => !wrapper).length
      return {
        ...{ models, sessions: of.length, costUsd, perSession: costUsd / of.length },
        perTurn: share(costUsd, of.flatMap(turnsOf).length),
        perTool: share(costUsd, tools),
      }
    }),
  batches: (known, question) => {
    const all = known.sessions.filter(
      (one) => overlaps(question, one) && keepsSession(question.filters, one) && usedModel(question.filters, one),
    )
    return groups(all, ({ originator, environment, batch }) => [originator, environment, batch].join('\n')).flatMap(
      ([key, of]) => {
        const [originator = '', environment = '', batch = ''] = key.split('\n')
        const own = of.filter(({ kind }) => kind === 'user').sort((a, b) => busyMs(b) - busyMs(a))
        const [longest] = own
        if (longest === undefined) return []
        const calls = of.flatMap(callsOf)
        return [
          {
            ...{ originator, environment, batch, sessions: own.length, costUsd: knownCost(calls) },
            tokens: sum(calls, ({ input, output }) => input + output),
            durationMs: sum(own, busyMs),
            errors: sum(of, errorsOf),
            longestMs: busyMs(longest),
            longestId: longest.id,
          },
        ]
      },
    )
  },
}
