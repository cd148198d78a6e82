import { z } from 'zod'
import { shareKind } from '../../model/ledger/share.ts'
import { differenceWords, witnessWords } from '../../model/session/witness-words.ts'
import { findingShape, findingWords } from '../finding-shape.ts'
import { nameFor, roundedUsd, sessionParam, sessionShape, sessionWords } from '../session-shape.ts'
import { tool } from '../tool.ts'

export const explainSession = tool({
  name: 'explain_session',
  title: 'Explain a session',
  description:
    'Says why a Codex session was slow or expensive. The first thing to call about any session: a verdict in one sentence, where the time ' +
    'went (shares that add up to the wall time), the findings with what each cost and what would help, its family (sessions it started ' +
    'or came from), tokens and estimated cost. Without a session it is the newest one of this folder: asked from within a session, that session ' +
    'itself so far. Times are milliseconds; a figure that is a bound says so.',
  params: { session: sessionParam },
  result: {
    session: sessionShape,
    knownFrom: z
      .string()
      .describe('who tells of it: telemetry, its session file, a copy in a fork’s; and whether they agree'),
    differences: z.array(z.string()).describe('what telemetry and its session file say differently'),
    verdict: z.string().nullable().describe('null: it has had no turn yet'),
    ledger: z
      .array(z.object({ share: shareKind, ms: z.number().nullable(), percent: z.number().nullable() }))
      .describe('where the wall time went, the most first; ms is null where nothing that was received tells'),
    findings: z.array(findingShape),
    context: z
      .object({ percent: z.number(), tokens: z.number(), window: z.number(), callsLeft: z.number().nullable() })
      .nullable()
      .describe('how full the context window was at the last call'),
    family: z.array(
      z.object({
        relation: z.enum(['parent', 'forked_from', 'fork', 'helper']),
        id: z.string(),
        kind: z.string().nullable(),
        title: z.string(),
      }),
    ),
    cost: z.object({
      ownUsd: z.number().nullable(),
      helpersUsd: z.number().nullable(),
      unpricedCalls: z.number().int(),
      models: z.array(z.object({ model: z.string().nullable(), calls: z.number().int(), usd: z.number().nullable() })),
    }),
  },
  answer: async ({ session }, { ask, session: known, find, content }) => {
    const id = find(session)
    const summary = known(id)
    const { verdict, findings, context } = await ask('session.findings', { id })
    const { shares } = await ask('session.ledger', { id })
    const receipts = await ask('session.receipts', { id })
    const last = context?.fills.at(-1)
    return {
      value: {
        session: sessionWords(summary, content),
        knownFrom: witnessWords(summary),
        differences: summary.differenceList.map(differenceWords),
        verdict:
          verdict === null
            ? null
            : content.sentence(
                verdict,
                findings.map(({ kind }) => kind),
              ),
        ledger: shares
          .filter(({ ms }) => ms !== 0)
          .toSorted((a, b) => (b.ms ?? 0) - (a.ms ?? 0))
          .map(({ kind, ms, share }) => ({
            share: kind,
            ms: ms === null ? null : Math.round(ms),
            percent: share === null ? null : Math.round(share * 1000) / 10,
          })),
        findings: findings.map((each) => findingWords(each, content)),
        context:
          last === undefined
            ? null
            : {
                percent: Math.round(last.share * 1000) / 10,
                tokens: last.tokens,
                window: last.window,
                callsLeft: context?.callsLeft ?? null,
              },
        family: summary.family.map((member) => ({
          ...{ relation: member.relation, id: member.id, kind: member.kind },
          title: nameFor(member, content),
        })),
        cost: {
          ownUsd: roundedUsd(receipts.own.costUsd),
          helpersUsd: roundedUsd(receipts.helpers.costUsd),
          unpricedCalls: receipts.total.unpricedCalls,
          models: receipts.models.map(({ model, calls, costUsd }) => ({ model, calls, usd: roundedUsd(costUsd) })),
        },
      },
      lists: [
        { list: 'family', goOn: () => 'ask with a larger maxKib, or list_sessions with helpers' },
        { list: 'findings', goOn: () => 'those shown cost most; ask with a larger maxKib' },
      ],
    }
  },
})
