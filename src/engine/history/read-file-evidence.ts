import type { FileCompaction, FileEvidence, FileTool, FileTurn } from '../../model/codex/join/file-evidence.ts'
import type { RolloutTurnState, ThreadKind } from '../../model/codex/rollout/facts.ts'
import { approvalWait, callSpan, type CallTimes } from '../../model/codex/rollout/call-times.ts'
import { cutsOf } from '../../model/codex/rollout/rewinds.ts'
import { toolEnd } from '../../model/codex/rollout/tool-state.ts'
import type { Db } from '../store/database.ts'
import { countingFiles } from './counting-files.ts'
import { fileAnswerReader } from './read-file-answers.ts'

interface TurnRow {
  rolloutId: string
  ordinal: number | null
  error: string | null
  turnId: string
  startMs: number | null
  contextMs: number | null
  endMs: number | null
  state: RolloutTurnState | null
  model: string | null
  effort: string | null
  approvalPolicy: string | null
  sandboxPolicy: string | null
  folder: string | null
  ttftMs: number | null
}

interface ThreadRow {
  rolloutId: string
  baseRolloutId: string | null
  baseOrdinal: number | null
  kind: ThreadKind
  parentId: string | null
  folder: string | null
}

interface CompactionRow {
  atMs: number
  startMs: number | null
  endMs: number | null
  turnId: string | null
}

interface ToolRow extends CallTimes {
  callId: string
  turnId: string | null
  tool: string | null
  mcpServer: string | null
  source: string | null
  saidExitCode: number | null
  itemExitCode: number | null
  scriptCallId: string | null
  namespace: string | null
  argumentsLength: number | null
  outputLength: number | null
}

/**
 * What Codex's files hold of a session; null where they hold nothing. A thread has several files after a rewind, and what began in one may
 * end in another: each thing is taken once, as it was written first, and what that does not say from where it was written next.
 */
export function fileEvidenceReader(db: Db): (sessionId: string, baseNs: bigint) => FileEvidence | null {
  const threads = db.prepare<[string], ThreadRow>(
    `SELECT rollout_id AS rolloutId, base_rollout_id AS baseRolloutId, base_ordinal AS baseOrdinal, kind, parent_id AS parentId, folder
     FROM rollout_thread WHERE session_id = ? ORDER BY at_ms, rollout_id`,
  )
  const turns = db.prepare<[string], TurnRow>(
    `SELECT rollout_id AS rolloutId, start_ordinal AS ordinal, error, turn_id AS turnId, start_ms AS startMs, context_ms AS contextMs, end_ms AS endMs, state, model, effort,
       approval_policy AS approvalPolicy, sandbox_policy AS sandboxPolicy, folder, ttft_ms AS ttftMs
     FROM rollout_turn WHERE session_id = ? ORDER BY coalesce(start_ms, context_ms, end_ms), rollout_id`,
  )
  const readAnswers = fileAnswerReader(db)
  const counting = countingFiles(db)
  const prompts = db.prepare<[string], { atMs: number; turnId: string | null; length: number }>(
    `SELECT at_ms AS atMs, turn_id AS turnId, length FROM rollout_prompt WHERE session_id = ? ORDER BY at_ms, rollout_id, offset`,
  )
  const tools = db.prepare<[string], ToolRow>(
    `SELECT call_id AS callId, coalesce(item_turn_id, called_turn_id, said_turn_id) AS turnId,
       coalesce(called_tool, item_tool) AS tool, mcp_server AS mcpServer, source, called_ms AS calledMs, said_ms AS saidMs,
       said_state AS saidState, said_exit_code AS saidExitCode, item_ms AS itemMs, item_state AS itemState,
       item_exit_code AS itemExitCode, item_start_ms AS startMs, item_end_ms AS endMs, run_ms AS runMs,
       script_call_id AS scriptCallId, namespace, arguments_length AS argumentsLength,
       coalesce(item_length, said_length) AS outputLength
     FROM rollout_tool WHERE session_id = ? ORDER BY coalesce(called_ms, item_ms, said_ms), rollout_id`,
  )
  const compactions = db.prepare<[string], CompactionRow>(
    `SELECT at_ms AS atMs, start_ms AS startMs, end_ms AS endMs, turn_id AS turnId FROM rollout_compaction
     WHERE session_id = ? ORDER BY at_ms, rollout_id`,
  )
  const spawns = db
    .prepare<[string], string>(
      'SELECT call_id FROM rollout_spawn WHERE session_id = ? ORDER BY at_ms, rollout_id, call_id',
    )
    .pluck()

  return (sessionId, baseNs) => {
    const baseMs = Number(baseNs / 1_000_000n)
    const restNs = Number(baseNs % 1_000_000n)
    const at = (ms: number): number => (ms - baseMs) * 1e6 - restNs
    const files = threads.all(sessionId)
    const [thread] = files
    const cuts = cutsOf(files)
    const ownTurns = eachOnce(turns.all(sessionId).filter(counting(sessionId)), ({ turnId }) => turnId)
    const answers = readAnswers(sessionId)
    if (thread === undefined && ownTurns.length === 0 && answers.length === 0) return null
    return {
      thread:
        thread === undefined
          ? null
          : { kind: thread.kind, parentId: thread.parentId, parentCallId: spawns.get(sessionId) ?? null },
      folder: thread?.folder ?? ownTurns[0]?.folder ?? null,
      turns: ownTurns.map((row) => turnOf(row, at, cuts)),
      answers: answers.map(({ atMs, turnId, usage: tokens, model, effort }) => ({
        at: at(atMs),
        turnId,
        input: tokens.input,
        cached: tokens.cached,
        cacheWrite: tokens.cacheWrite,
        output: tokens.output,
        reasoning: tokens.reasoning,
        model,
        effort,
      })),
      prompts: prompts.all(sessionId).map(({ atMs, turnId, length }) => ({ at: at(atMs), turnId, length })),
      tools: eachOnce(tools.all(sessionId), ({ callId }) => callId).map((row) => toolOf(row, at)),
      compactions: compactions.all(sessionId).map((row) => compactionOf(row, at)),
    }
  }
}

function eachOnce<T extends object>(rows: readonly T[], keyOf: (row: T) => string): T[] {
  const found = new Map<string, T>()
  for (const row of rows) {
    const key = keyOf(row)
    const known = found.get(key)
    found.set(key, known === undefined ? row : { ...row, ...told(known) })
  }
  return [...found.values()]
}

/** What a row says. */
function told<T extends object>(row: T): Partial<T> {
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)) as Partial<T>
}

function compactionOf({ atMs, startMs, endMs, turnId }: CompactionRow, at: (ms: number) => number): FileCompaction {
  const optional = (ms: number | null): number | null => (ms === null ? null : at(ms))
  return { id: `file-${atMs}`, at: at(atMs), start: optional(startMs), end: optional(endMs), turnId }
}

function turnOf(
  { rolloutId, ordinal, startMs, contextMs, endMs, ...row }: TurnRow,
  at: (ms: number) => number,
  cuts: ReadonlyMap<string, number>,
): FileTurn {
  // A review's turn has an end and no beginning of its own.
  const start = startMs ?? contextMs
  const abandoned = (ordinal ?? -1) >= (cuts.get(rolloutId) ?? Infinity)
  return { ...row, abandoned, start: start === null ? null : at(start), end: endMs === null ? null : at(endMs) }
}

function toolOf(row: ToolRow, at: (ms: number) => number): FileTool {
  const { callId, turnId, tool, mcpServer, source, scriptCallId, namespace, argumentsLength, outputLength } = row
  const { saidState, saidExitCode, itemState, itemExitCode, saidMs } = row
  const output = saidState === null ? null : { state: saidState, exitCode: saidExitCode }
  const item = itemState === null ? null : { state: itemState, exitCode: itemExitCode }
  const { startMs, endMs } = callSpan(row)
  const wait = approvalWait(row)
  return {
    ...{ callId, turnId, tool, mcpServer, source, scriptCallId, namespace, argumentsLength, outputLength },
    start: at(startMs),
    end: endMs === null ? null : at(endMs),
    saidAt: saidMs === null ? null : at(saidMs),
    wait: wait === null ? null : { start: at(wait.startMs), end: at(wait.endMs) },
    ...toolEnd({ output, item }),
  }
}
