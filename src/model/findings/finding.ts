import { z } from 'zod'

/** In the order in which they take time: what names a cause more narrowly stands before what names it widely. */
export const findingKind = z.enum([
  'rate-limit',
  'api-unstable',
  'approval-friction',
  'sandbox-rerun',
  'reviewer-wait',
  'repeated-failure',
  'compaction',
  'cache-break',
  'slow-first-item',
  'reasoning-share',
  'idle-poll',
  'mcp-failing',
  'mcp-slow',
  'slow-command',
  'repeated-read',
  'serial-tools',
  'context-nearly-full',
  'helper-cost',
  'big-output',
  'unaccounted',
])

export type FindingKind = z.infer<typeof findingKind>

/** exact: so long, as far as the records say. bound: so long at most, and the words say it. */
export const confidence = z.enum(['exact', 'bound'])

const tomlPlain = z.union([z.string(), z.number(), z.boolean(), z.array(z.string())])

/** What would help, as data: what becomes of it is decided where files are written. */
export const findingFix = z.discriminatedUnion('type', [
  z.object({ type: z.literal('hint'), text: z.string() }),
  z.object({
    type: z.literal('config'),
    /** Of config.toml; null takes the key out. `adds`: to the list that is there, else instead of what is there. */
    changes: z.array(z.object({ path: z.array(z.string()), value: tomlPlain.nullable(), adds: z.boolean() })),
    why: z.string(),
  }),
  z.object({
    type: z.literal('rule'),
    /** Words of a command line that all commands begin with. */
    prefix: z.array(z.string()),
    /** As they were approved, each once. */
    commands: z.array(z.string()),
  }),
])

export const finding = z.object({
  /** Of the session: its kind, and its subject behind a colon. */
  id: z.string(),
  kind: findingKind,
  /** What it is about, such as a command; may be empty. */
  subject: z.string(),
  title: z.string(),
  /** The same in few words, for a sentence about the session. */
  verdict: z.string(),
  /** Time inside turns that would not have been spent. No two findings of a session count the same moment. */
  lostMs: z.number().nonnegative(),
  /** Of the tokens that would not have been paid; null where it is not known. */
  lostUsd: z.number().nonnegative().nullable(),
  confidence,
  /** How often it happened. */
  times: z.number().int().nonnegative(),
  /** Of the first row, Unix milliseconds. */
  atMs: z.number(),
  /** Rows of `session.tree`, from which every figure can be worked out. */
  rowIds: z.array(z.string()),
  fix: findingFix.nullable(),
})

export type FindingFix = z.infer<typeof findingFix>
export type Finding = z.infer<typeof finding>
export type Confidence = z.infer<typeof confidence>

export function findingId(kind: FindingKind, subject: string): string {
  return `${kind}:${subject}`
}
