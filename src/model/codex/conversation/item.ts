import { z } from 'zod'

const count = z.number().int().nonnegative()

/** A text of Codex's file: whole, or its beginning. `part` is what the whole of it is asked for by. */
export const quoted = z.object({
  part: z.string(),
  text: z.string(),
  /** Of the whole text, in UTF-16 units. */
  length: count,
  /** A privacy switch of the settings leaves it out. */
  leftOut: z.boolean().optional(),
})

/** An image that stands in the file; `url` is its data URL, null where it is too large to come unasked. */
export const quotedImage = z.object({ part: z.string(), type: z.string(), bytes: count, url: z.string().nullable() })

/** open: nothing in the file says that it ended. */
const state = z.enum(['ok', 'failed', 'declined', 'aborted', 'open'])
const turnState = z.enum(['completed', 'failed', 'interrupted', 'open'])
const durationMs = z.number().nonnegative().nullable()

const place = {
  /** Stays while the file is the same; texts are asked for by it. */
  key: z.string(),
  /** Unix milliseconds: when it began, else when it was written. */
  atMs: z.number(),
  turnId: z.string().nullable(),
  /** Of the tool call, as telemetry names it. */
  callId: z.string().nullable(),
  /** Its turn was taken back by a return to an earlier message. */
  abandoned: z.boolean(),
}

const call = {
  tool: z.string(),
  state,
  durationMs,
  /** Its call was made by a script. */
  nested: z.boolean(),
}

export const patchedFile = z.object({
  path: z.string(),
  movedTo: z.string().nullable(),
  change: z.enum(['add', 'update', 'delete']),
  added: count,
  removed: count,
  /** Lines of a unified diff, without those that name the files. */
  diff: quoted,
})

export const finding = z.object({ title: z.string(), place: z.string(), text: quoted })

export const planStep = z.object({ text: z.string(), status: z.enum(['pending', 'in_progress', 'completed']) })

/** One entry of a transcript. */
export const conversationItem = z.discriminatedUnion('kind', [
  z.object({
    ...place,
    kind: z.literal('turn'),
    number: count,
    state: turnState,
    durationMs,
    model: z.string().nullable(),
    effort: z.string().nullable(),
  }),
  z.object({ ...place, kind: z.literal('prompt'), text: quoted, images: z.array(quotedImage) }),
  z.object({ ...place, kind: z.literal('reply'), text: quoted, final: z.boolean() }),
  z.object({ ...place, kind: z.literal('reasoning'), text: quoted }),
  z.object({
    ...place,
    kind: z.literal('tool'),
    ...call,
    server: z.string().nullable(),
    /** A command line, a script, or arguments as JSON. */
    input: quoted,
    language: z.enum(['shell', 'script', 'json']),
    folder: z.string().nullable(),
    /** A person's own command. */
    byUser: z.boolean(),
    exitCode: z.number().int().nullable(),
    /** It asked, and this long passed until the answer. */
    waitedMs: durationMs,
    output: quoted.nullable(),
    images: z.array(quotedImage),
  }),
  z.object({
    ...place,
    kind: z.literal('patch'),
    ...call,
    waitedMs: durationMs,
    files: z.array(patchedFile),
    /** What was said when it failed. */
    output: quoted.nullable(),
  }),
  z.object({
    ...place,
    kind: z.literal('plan'),
    steps: z.array(planStep),
    /** Why it changed; in plan mode the plan itself, as Markdown. */
    text: quoted.nullable(),
  }),
  z.object({
    ...place,
    kind: z.literal('agent'),
    ...call,
    /** The thread that began. */
    agentId: z.string().nullable(),
    name: z.string(),
    model: z.string().nullable(),
    task: quoted,
  }),
  z.object({ ...place, kind: z.literal('message'), from: z.string(), to: z.string(), text: quoted }),
  z.object({ ...place, kind: z.literal('review'), began: z.boolean(), text: quoted, findings: z.array(finding) }),
  z.object({ ...place, kind: z.literal('compaction'), summary: quoted.nullable() }),
  z.object({ ...place, kind: z.literal('ending'), state: z.enum(['failed', 'interrupted']), text: quoted }),
  /** What Codex told the person, whether the turn went on or not. */
  z.object({ ...place, kind: z.literal('error'), problem: z.string().nullable(), text: quoted }),
  /** A thread that continues another one, or a part of itself. */
  z.object({ ...place, kind: z.literal('origin'), how: z.enum(['fork', 'rewind']), sessionId: z.string() }),
])

export type Quoted = z.infer<typeof quoted>
export type QuotedImage = z.infer<typeof quotedImage>
export type PatchedFile = z.infer<typeof patchedFile>
export type ConversationItem = z.infer<typeof conversationItem>
export type ItemKind = ConversationItem['kind']
/** In an order that stays. */
export const itemKinds: readonly ItemKind[] = conversationItem.options.map((option) => option.shape.kind.value)
export type ItemOf<K extends ItemKind> = Extract<ConversationItem, { kind: K }>
export type CallState = z.infer<typeof state>
