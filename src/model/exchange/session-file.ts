import { z } from 'zod'
import { conversationItem } from '../codex/conversation/item.ts'
import { difference, witness } from '../session/witness.ts'
import { redactionKind } from './redaction.ts'
import { byUser } from '../session/by-user.ts'
import { rollouts } from './rollout-rows.ts'
import * as v1 from './session-file-v1.ts'
import { workedOut } from './worked-out.ts'

export { sessionFormat } from './session-file-v1.ts'
export const sessionFormatVersion = 2

const summary = v1.summary.extend({
  state: z.enum(['done', 'interrupted', 'failed', 'open']).describe('open: its last turn has no end'),
  witness: witness.describe('who tells of it: telemetry, its own session file, both'),
  byUser: byUser.optional().describe('what the user said of it: name, star, note, tags; left out where nothing'),
  differences: z.array(difference).describe('what one of both witnesses has and the other one should'),
})

const turn = v1.turn.extend({
  state: z
    .string()
    .describe('done, interrupted, failed, open, or unfinished: nothing ended it, and another one followed'),
  error: z.string().nullable().describe('class of the error that it ended with, as the session file says it'),
  abandoned: z.boolean().describe('a return to an earlier message took it back; it counts all the same'),
  witness,
})

const apiCall = v1.apiCall.extend({
  beganAfterMs: v1.ms.nullable().describe('of a call that the session file alone tells of: it began no earlier'),
  witness,
})

const toolCall = v1.toolCall.extend({
  waitStartMs: v1.ms.nullable().describe('an answer was waited for from here on, as the session file alone tells'),
  waitEndMs: v1.ms.nullable().describe('until then, at most 60 ms too long'),
  witness,
})

const compaction = v1.compaction.extend({
  spanId: z.string().describe('of the session file alone: file- and its time'),
  atMost: z.boolean().describe('it began no earlier than it says'),
  witness,
})

export const sessionFacts = v1.sessionFacts.extend({
  turns: z.array(turn),
  apiCalls: z.array(apiCall).describe('responses of the model'),
  toolCalls: z.array(toolCall),
  compactions: z.array(compaction),
})

/** One session with the helpers below it: what Colophon knows of it, and what it knows that from. */
const sessionFileV2 = v1.sessionFileV1.extend({
  version: z.literal(sessionFormatVersion),
  session: summary.describe('the session itself'),
  sessions: z.array(summary).describe('the session, then the helpers below it'),
  facts: sessionFacts,
  rollouts: rollouts.describe("what Codex's own session files tell: figures, times and places of lines, no words"),
  redacted: z.array(redactionKind).optional().describe('what was taken out before it was written; [] is nothing'),
  workedOut: workedOut.optional().describe('as Colophon told of it on the day; an import works it out anew'),
  conversation: z
    .array(z.object({ sessionId: z.string(), item: conversationItem }))
    .nullable()
    .describe('what was said and done, in order; null where it was not to be included'),
})

export const sessionFile = z.discriminatedUnion('version', [v1.sessionFileV1, sessionFileV2])

/** The summary's members of this version; everything else is left out. */
export const exportedSummary = summary

export type ExportedSummary = z.infer<typeof summary>
export type SessionFileFacts = z.infer<typeof sessionFacts>
export type SaidItem = NonNullable<z.infer<typeof sessionFileV2>['conversation']>[number]

/** The published description of the format. Members that a reader does not know are to be passed over. */
export function sessionFileSchema(): object {
  const schema = z.toJSONSchema(sessionFile, { io: 'input', reused: 'inline' })
  return { ...schema, $id: 'colophon.session.schema.json', title: 'A session as Colophon exports it, versions 1 and 2' }
}
