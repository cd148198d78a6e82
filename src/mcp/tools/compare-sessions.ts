import { z } from 'zod'
import { roundedUsd, sessionShape, sessionWords } from '../session-shape.ts'
import { tool } from '../tool.ts'

const named = z.string().min(1).max(200)
const pair = { a: z.number().nullable(), b: z.number().nullable() }

export const compareSessions = tool({
  name: 'compare_sessions',
  title: 'Compare two sessions',
  description:
    'Two Codex sessions side by side: every figure that differs (shares of time, tokens, cost, calls, single tools and models), the largest ' +
    'difference first, and how long each turn took. Use it for the same task done twice, or before and after a change of configuration.',
  params: {
    a: named.describe('id of a session, how one begins, or last'),
    b: named.describe('the other one'),
  },
  result: {
    a: sessionShape,
    b: sessionShape,
    differences: z.array(
      z.object({ name: z.string(), unit: z.enum(['ms', 'tokens', 'usd', 'count']), a: z.number(), b: z.number() }),
    ),
    turns: z.array(z.object({ prompt: z.string().nullable(), wallMs: z.object(pair) })),
  },
  answer: async ({ a, b }, { ask, find, content }) => {
    const compared = await ask('session.compare', { a: find(a), b: find(b) })
    return {
      value: {
        a: sessionWords(compared.a.summary, content),
        b: sessionWords(compared.b.summary, content),
        differences: compared.differences.map(({ name, unit, ...sides }) => ({
          name: content.figure(name),
          unit,
          a: rounded(sides.a, unit),
          b: rounded(sides.b, unit),
        })),
        turns: compared.turns.map((turn) => ({
          prompt: content.maybe('prompt', turn.a?.prompt ?? turn.b?.prompt ?? null),
          wallMs: { a: wallOf(turn.a), b: wallOf(turn.b) },
        })),
      },
      lists: [
        { list: 'turns', goOn: () => 'ask with a larger maxKib, or session_timeline with depth 1' },
        { list: 'differences', goOn: () => 'those shown are the largest; ask with a larger maxKib' },
      ],
    }
  },
})

function rounded(value: number, unit: string): number {
  return unit === 'usd' ? roundedUsd(value) : Math.round(value)
}

function wallOf(turn: { ledger: { wallMs: number } } | null): number | null {
  return turn === null ? null : Math.round(turn.ledger.wallMs)
}
