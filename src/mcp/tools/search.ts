import { z } from 'zod'
import type { WordHit } from '../../contract/words.ts'
import type { Content, ContentKind } from '../content.ts'
import { isoOf, range, rangeOf } from '../moments.ts'
import { nameFor, onlySessionParam } from '../session-shape.ts'
import { tool } from '../tool.ts'

/** What has to be allowed to look for words in an entry of a conversation. */
const heldIn: Readonly<Record<WordHit['kind'], readonly ContentKind[]>> = {
  turn: [],
  prompt: ['prompt'],
  reply: ['output'],
  reasoning: ['output'],
  tool: ['arguments', 'output'],
  patch: ['arguments'],
  plan: ['arguments'],
  agent: ['arguments'],
  message: ['arguments'],
  review: ['output'],
  compaction: ['output'],
  ending: [],
  error: [],
  origin: [],
}

const allows = (content: Content, kind: WordHit['kind']): boolean => heldIn[kind].every((held) => content.shows(held))

export const search = tool({
  name: 'search',
  title: 'Search sessions',
  description:
    'Where words occur in what was said and done over all Codex sessions, newest first: prompts, replies, commands with their output, patches, as far ' +
    'as the user lets agents see them and has said yes to an index of words. All words have to occur in one entry; in quotes as they are written.',
  params: {
    words: z.string().min(1).max(500).default('error'),
    session: onlySessionParam,
    ...range,
    limit: z.int().min(1).max(200).default(20),
    before: z.int().optional().describe('goes on behind an answer: its before'),
  },
  result: {
    state: z.enum(['off', 'ready']).describe('off: there is no index, for the user has not said yes to one'),
    hits: z.array(
      z.object({
        session: z.string(),
        title: z.string(),
        kind: z.string(),
        at: z.string(),
        text: z.string().nullable().describe('the line; null where Codex’s file is gone'),
      }),
    ),
    before: z.number().nullable(),
  },
  answer: async (params, { words: ask, find, content, nowMs }) => {
    const { words, session, limit, before } = params
    const { fromMs, toMs } = rangeOf(params, nowMs, 0)
    const all = Object.keys(heldIn) as WordHit['kind'][]
    const kinds = all.filter((kind) => allows(content, kind))
    const hidden = all.length - kinds.length
    const found = await ask({
      words,
      kinds,
      fromMs,
      toMs,
      limit,
      ...(session === undefined ? {} : { sessionId: find(session) }),
      ...(before === undefined ? {} : { before }),
    })
    return {
      value: {
        state: found.state === 'off' ? ('off' as const) : ('ready' as const),
        hits: found.hits.map((hit) => ({
          session: hit.sessionId,
          title: nameFor({ ...hit, id: hit.sessionId }, content),
          kind: hit.kind,
          at: isoOf(hit.atMs),
          text: hit.snippet?.text ?? null,
        })),
        before: found.before,
      },
      lists: [{ list: 'hits', goOn: () => 'ask with until before the last of them, or a larger maxKib' }],
      leftOut: [
        ...(found.state === 'off'
          ? ['all of it: the user has not said yes to an index of words (Settings, History)']
          : []),
        ...(hidden > 0 ? ['what the user does not let agents see (Settings, Agents): it is not searched either'] : []),
        ...(found.before === null ? [] : [`perhaps older ones: ask with before ${found.before}`]),
      ],
    }
  },
})
