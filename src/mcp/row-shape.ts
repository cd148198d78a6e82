import { z } from 'zod'
import { ownMs, rowKind, rowStatus, type TreeRow } from '../model/tree/row.ts'
import type { Content, ContentKind } from './content.ts'

/** A row of a session's waterfall. */
export const rowShape = z.object({
  rowId: z.string(),
  depth: z.number().int(),
  kind: rowKind,
  label: z.string(),
  detail: z.string().describe('a prompt, a command, tokens'),
  atMs: z.number().describe('since the session began'),
  ms: z.number().nullable().describe('null: has not ended, or its end is not known'),
  atMost: z.boolean().describe('it took no longer than ms'),
  status: rowStatus,
  note: z.string(),
  below: z.number().int().describe('rows below it that are not listed because of depth'),
})

/** What of a row's detail is somebody's own. Of calls of the model it is tokens. */
const detailOf: Partial<Record<TreeRow['kind'], ContentKind>> = {
  session_loop: 'prompt',
  turn: 'prompt',
  tool_call: 'arguments',
  hook: 'arguments',
}

export function rowWords(
  row: TreeRow,
  { depth, below, baseMs }: { readonly depth: number; readonly below: number; readonly baseMs: number },
  content: Content,
): z.output<typeof rowShape> {
  const { id, kind, label, detail, startMs, atMost, status, note } = row
  // Of the session itself it is who started it, and with which model.
  const held = row.parentId === null ? undefined : detailOf[kind]
  const ms = ownMs(row)
  return {
    rowId: id,
    depth,
    kind,
    label,
    detail: held === undefined ? detail : content.text(held, detail),
    atMs: Math.round(startMs - baseMs),
    ms: ms === null ? null : Math.round(ms),
    atMost,
    status,
    note,
    below,
  }
}
