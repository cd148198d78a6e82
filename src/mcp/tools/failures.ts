import { z } from 'zod'
import { errorKind } from '../../contract/explore.ts'
import { aWeekAgo } from '../../contract/moment.ts'
import { isoOf, range, rangeOf } from '../moments.ts'
import { onlySessionParam } from '../session-shape.ts'
import { tool } from '../tool.ts'

const most = 500

export const failures = tool({
  name: 'failures',
  title: 'Failures',
  description:
    'What failed over all sessions or in one, newest first: model responses, requests to the API, turns, tool calls, error records in logs, each ' +
    'with its message and its session. The last 7 days unless a range or a session is given. kinds counts all of the range.',
  params: {
    ...range,
    session: onlySessionParam,
    kind: errorKind
      .optional()
      .describe(
        'response and request: of the API; turn: one that failed though neither did, as its session file says; tool; app: calls of other applications; log',
      ),
    limit: z.int().min(1).max(most).default(30),
  },
  result: {
    kinds: z.array(z.object({ kind: errorKind, count: z.number().int() })),
    failures: z.array(
      z.object({
        kind: errorKind,
        at: z.string(),
        what: z.string(),
        message: z.string(),
        session: z.string().nullable(),
        rowId: z.string().nullable(),
      }),
    ),
  },
  answer: async (params, { ask, session: known, find, content, nowMs }) => {
    const { session, kind, limit } = params
    const id = session === undefined ? null : find(session)
    const within = rangeOf(params, nowMs, id === null ? aWeekAgo(nowMs) : 0)
    // Of one session: its time alone, so that those of others do not take the room of its own.
    const own = id === null ? null : known(id)
    const fromMs = Math.max(within.fromMs, own?.startedAtMs ?? 0)
    const toMs = Math.min(within.toMs, (own?.lastSeenAtMs ?? Infinity) + 1)
    if (fromMs >= toMs) return { value: { kinds: [], failures: [] } }
    const asked = { fromMs, toMs, limit: id === null ? limit : most, ...(kind === undefined ? {} : { kinds: [kind] }) }
    const found = await ask('explore.errors', asked)
    const fitting = found.errors.filter(({ sessionId }) => id === null || sessionId === id)
    const shown = fitting.slice(0, limit)
    const isCut = found.truncated || shown.length < fitting.length
    const narrow = 'ask with until before the last of them, or a larger limit'
    return {
      value: {
        kinds: id === null ? found.kinds : countKinds(fitting),
        failures: shown.map(({ kind: of, timeMs, sessionId, what, message, callId, turn }) => ({
          kind: of,
          at: isoOf(timeMs),
          what,
          // Of a tool it is what was asked of it; the API and its clients speak for themselves.
          message: of === 'tool' ? content.text('arguments', message) : message,
          session: sessionId,
          rowId: rowIdOf(sessionId, callId, turn),
        })),
      },
      lists: [{ list: 'failures', goOn: () => narrow }],
      leftOut: isCut ? [`older failures: ${narrow}`] : [],
    }
  },
})

function rowIdOf(session: string | null, callId: string | null, turn: number | null): string | null {
  if (session === null) return null
  if (callId !== null) return `c:${session}:${callId}`
  return turn === null ? null : `t:${session}:${turn}`
}

function countKinds<K extends string>(errors: readonly { readonly kind: K }[]): { kind: K; count: number }[] {
  const counts = new Map<K, number>()
  for (const { kind } of errors) counts.set(kind, (counts.get(kind) ?? 0) + 1)
  return [...counts].map(([kind, count]) => ({ kind, count }))
}
