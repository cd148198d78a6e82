import { z } from 'zod'
import { sessionState } from '../../model/session/summary.ts'
import { range, rangeOf } from '../moments.ts'
import { sessionShape, sessionWords } from '../session-shape.ts'
import { tool } from '../tool.ts'

export const listSessions = tool({
  name: 'list_sessions',
  title: 'List sessions',
  description:
    'Lists Codex sessions that ran on this machine, newest first: when, how long, in which folder, how many calls and errors, tokens and ' +
    'estimated cost. Call it to find the id of a session that the user speaks of; then explain_session says why it was slow or expensive. ' +
    'Helpers (sub-agents, reviewers, title threads) are left out unless asked for.',
  params: {
    ...range,
    project: z.string().max(4096).optional().describe('address of a repository (github.com/acme/shop), else a folder'),
    model: z.string().max(200).optional().describe('sessions that used this model'),
    words: z.string().max(500).optional().describe('looked for in ids, titles, prompts and folders, case ignored'),
    state: sessionState.optional(),
    helpers: z.boolean().default(false).describe('also the sessions that sessions started'),
    limit: z.int().min(1).max(500).default(20),
    offset: z.int().min(0).default(0),
  },
  result: {
    total: z.number().int().describe('how many fit, shown or not'),
    sessions: z.array(sessionShape),
  },
  answer: async (params, { ask, content, nowMs }) => {
    const { state, helpers, limit, offset } = params
    const [project, model, words] = [params.project, params.model, params.words].map(given)
    const { fromMs, toMs } = rangeOf(params, nowMs, 0)
    // Whether a word occurs in a prompt would tell what stands in it.
    const mayLook = words === undefined || content.shows('prompt')
    const { sessions, total } = mayLook
      ? await ask('session.list', {
          helpers,
          limit,
          offset,
          fromMs,
          toMs,
          search: words,
          repository: project,
          filters: {
            ...(model === undefined ? {} : { model: [model] }),
            ...(state === undefined ? {} : { state: [state] }),
          },
        })
      : { sessions: [], total: 0 }
    const rest = total - offset - sessions.length
    return {
      value: { total, sessions: sessions.map((each) => sessionWords(each, content)) },
      lists: [{ list: 'sessions', goOn: (shown) => `ask with offset ${offset + shown}, or a larger maxKib` }],
      leftOut: [
        ...(mayLook
          ? []
          : ['all of it: words look in prompts, which the user does not let agents see (Settings, Agents)']),
        ...(rest > 0 && sessions.length > 0
          ? [`${rest} older sessions: ask with offset ${offset + sessions.length}`]
          : []),
      ],
    }
  },
})

/** Models fill in what they could have left out. */
const given = (text: string | undefined): string | undefined => (text === '' ? undefined : text)
