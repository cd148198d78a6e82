import { z } from 'zod'

/** The kinds of row that raw spans are folded into. They are Colophon's own: no span of Codex has the last five names. */
export const rowKind = z.enum(['session_loop', 'turn', 'api_call', 'tool_call', 'compaction', 'hook', 'raw'])

/** open: not finished as far as is known. unknown: nothing that was received tells. */
export const rowStatus = z.enum(['ok', 'error', 'cancelled', 'open', 'unknown'])

/** What a stretch of a bar is. The colours of bars, ledgers and charts follow these names. */
export const partKind = z.enum([
  'model_wait',
  'model_stream',
  /** Of a model call that only a session file tells of. */
  'model',
  'tool_run',
  'tool_queue',
  'wait_user',
  'wait_reviewer',
  'retry',
  'idle',
  'away',
])

export const rowPart = z.object({ kind: partKind, startMs: z.number(), durationMs: z.number().nonnegative() })

const count = z.number().int().nonnegative()

export const treeRow = z.object({
  id: z.string(),
  parentId: z.string().nullable(),
  kind: rowKind,
  /** `api_call`, `turn 2`, the tool's name … */
  label: z.string(),
  /** The fainter words behind the label: a prompt, a command, tokens. May be empty. */
  detail: z.string(),
  /** Unix time in milliseconds, with fractions. */
  startMs: z.number(),
  /** null: has not ended, or its end is not known. */
  durationMs: z.number().nonnegative().nullable(),
  /** It took no longer, and began no earlier: only a session file tells of it, which does not say when it began. */
  atMost: z.boolean(),
  /** It ended, and nothing tells when it began: its duration of 0 says nothing. Its note says so. */
  untimed: z.boolean(),
  status: rowStatus,
  /** Raw spans folded into this row itself, its children's not included. */
  spanCount: count,
  /** What the errors of its session count here: failed requests and responses of an `api_call`, which may yet have ended well; 1 for a failed call, and for a turn that failed though
   * no request in it did. */
  failures: count,
  parts: z.array(rowPart),
  /** Short remark behind the bar: `exit 1`, `2 retries`, `waited 15.1 s for you`. May be empty. */
  note: z.string(),
  sessionId: z.string(),
  turnId: z.string().nullable(),
  callId: z.string().nullable(),
})

/** How long a row took; while the machine was away, nothing took time. null: has not ended, or nothing tells. */
export function ownMs({
  durationMs,
  untimed,
  parts,
}: Pick<TreeRow, 'durationMs' | 'untimed' | 'parts'>): number | null {
  return durationMs === null || untimed ? null : Math.max(0, durationMs - awayMs(parts))
}

export function awayMs(parts: readonly RowPart[]): number {
  return parts.reduce((sum, part) => sum + (part.kind === 'away' ? part.durationMs : 0), 0)
}

export type RowKind = z.infer<typeof rowKind>
export type RowStatus = z.infer<typeof rowStatus>
export type PartKind = z.infer<typeof partKind>
export type RowPart = z.infer<typeof rowPart>
export type TreeRow = z.infer<typeof treeRow>
