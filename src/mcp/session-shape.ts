import { z } from 'zod'
import { calledBy, sessionName } from '../model/session/name.ts'
import { isUntimed } from '../model/session/untimed.ts'
import { sessionKind, sessionState, tokens, type SessionSummary } from '../model/session/summary.ts'
import { witness } from '../model/session/witness.ts'
import type { Content } from './content.ts'
import { isoOf } from './moments.ts'

const count = z.number().int().nonnegative()

const named = z.string().min(1).max(200)

/** Of a tool that can also look at all of them. */
export const onlySessionParam = named.optional().describe('only of this session: its id, how it begins, or last')

/** Which session is meant, wherever one is asked for. */
export const sessionParam = named
  .default('last')
  .describe(
    'id of a session, how one begins, or last: the newest session of this folder, which during a session is that session itself',
  )

/** A session in figures, the same wherever one is told of. */
export const sessionShape = z.object({
  id: z.string(),
  title: z
    .string()
    .describe(
      'the name that the user gave it, else first words of the first prompt, else its folder and when it began',
    ),
  kind: sessionKind,
  state: sessionState,
  startedAt: z.string(),
  wallMs: z.number().nullable().describe('null where all that was received is of one moment, so that nothing tells'),
  busyMs: z.number().nullable().describe('time inside turns; null likewise'),
  model: z.string().nullable(),
  folder: z.string().nullable(),
  branch: z.string().nullable(),
  turns: count,
  modelCalls: count,
  toolCalls: count,
  errors: count,
  tokens,
  witness: witness.describe('who tells of it: telemetry, its own session file, both'),
  differences: count.describe('how many things one of both witnesses has and the other one should'),
  costUsd: z.number().nullable().describe('estimate at the prices of the API; null where nothing could be priced'),
})

/** As it is called everywhere; what a prompt said is a length where agents may not see that. */
export function nameFor(session: Parameters<typeof sessionName>[0], content: Content): string {
  return content.maybe('prompt', calledBy(session)) ?? sessionName(session)
}

export function sessionWords(summary: SessionSummary, content: Content): z.output<typeof sessionShape> {
  const { id, kind, state, model, folder, branch, turns, errors, costUsd } = summary
  const timed = !isUntimed(summary.wallMs)
  return {
    id,
    title: nameFor(summary, content),
    kind,
    state,
    startedAt: isoOf(summary.startedAtMs),
    wallMs: timed ? Math.round(summary.wallMs) : null,
    busyMs: timed ? Math.round(summary.busyMs) : null,
    model,
    folder,
    branch,
    turns,
    modelCalls: summary.apiCalls,
    toolCalls: summary.toolCalls,
    errors,
    tokens: summary.tokens,
    witness: summary.witness,
    differences: summary.differences,
    costUsd: roundedUsd(costUsd),
  }
}

/** To a thousandth of a cent; null stays what is not known. */
export function roundedUsd<T extends number | null>(usd: T): T
export function roundedUsd(usd: number | null): number | null {
  return usd === null ? null : Math.round(usd * 1e5) / 1e5
}
