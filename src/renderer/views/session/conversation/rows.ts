import type { ConversationItem } from '../../../../model/codex/conversation/item.ts'
import { waitSources } from '../../../../model/tree/tool-rows.ts'
import { ownMs, type TreeRow } from '../../../../model/tree/row.ts'
import type { SoughtEntry } from './state.ts'

/** Kinds of entries that a model's answer is made of. */
const answered: ReadonlySet<ConversationItem['kind']> = new Set(['reply', 'reasoning', 'plan'])

/** The row of the waterfall that an entry is or belongs to; null where telemetry told of none. */
export function rowOfItem(rows: readonly TreeRow[], sessionId: string, item: ConversationItem): TreeRow | null {
  const own = rows.filter((row) => row.sessionId === sessionId)
  const called = item.callId === null ? undefined : own.find(({ callId }) => callId === item.callId)
  if (called) return called
  const inTurn = own.filter(({ turnId }) => turnId !== null && turnId === item.turnId)
  const turn = inTurn.find(({ kind }) => kind === 'turn') ?? null
  if (item.kind === 'compaction') return own.findLast((row) => row.kind === 'compaction' && begins(row, item)) ?? turn
  if (!answered.has(item.kind)) return turn
  return inTurn.findLast((row) => row.kind === 'api_call' && begins(row, item)) ?? turn
}

/** An entry with how far its wait for an answer can be believed; left out where the telemetry tells of it. */
export type Shown<I extends ConversationItem = ConversationItem> = I & { readonly waitSource?: string }

/** A call as its row shows it, which may know its times better than the file: the same figure in both places. */
export function withRowTimes(item: ConversationItem, row: TreeRow | null): Shown {
  if (!('durationMs' in item)) return item
  if (row === null || row.callId === null || row.callId !== item.callId) {
    const isOfLines = item.kind === 'tool' && item.state === 'declined'
    return { ...item, waitSource: isOfLines ? waitSources.lines : waitSources.item }
  }
  const durationMs = ownMs(row)
  if (!('waitedMs' in item)) return { ...item, durationMs }
  const waits = row.parts.filter(({ kind }) => kind === 'wait_user' || kind === 'wait_reviewer')
  const waitedMs = waits.reduce((sum, wait) => sum + wait.durationMs, 0)
  const waitSource = Object.values(waitSources).find((words) => row.note.includes(words))
  const waited = { durationMs, waitedMs: waitedMs < shortestWaitMs ? null : waitedMs }
  return { ...item, ...waited, ...(waitSource === undefined ? {} : { waitSource }) }
}

/** As long as the note of a row says nothing of. */
const shortestWaitMs = 50

/** A line is written a little after what it tells of began. */
function begins({ startMs }: TreeRow, { atMs }: ConversationItem): boolean {
  return startMs <= atMs
}

/** Where a row of the waterfall is in its transcript; null for what no transcript has: other sessions, and spans. */
export function soughtOfRow(row: TreeRow, sessionId: string): SoughtEntry | null {
  if (row.sessionId !== sessionId || row.kind === 'raw' || row.kind === 'session_loop') return null
  const { callId, turnId, startMs } = row
  return { key: null, callId, turnId, timeMs: row.kind === 'turn' ? null : startMs }
}
