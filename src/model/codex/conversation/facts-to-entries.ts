import type { RolloutFact } from '../rollout/facts.ts'
import type { ItemKind } from './item.ts'
import { addEntry, addToCall, entryLine, type Outline, type OutlineLine } from './outline.ts'

type Handlers = { [F in RolloutFact['fact']]?: (outline: Outline, line: OutlineLine, fact: FactOf<F>) => void }
type FactOf<F extends RolloutFact['fact']> = Extract<RolloutFact, { fact: F }>

/** Tools whose calls are shown as something else than a call. */
const toolKinds: Readonly<Record<string, ItemKind>> = {
  apply_patch: 'patch',
  update_plan: 'plan',
  spawn_agent: 'agent',
}

const handlers: Handlers = {
  rollout_thread(outline, _line, fact) {
    outline.thread = fact
  },
  rollout_turn_start(outline, line, { turnId }) {
    outline.images = null
    outline.byTurn.set(turnId, addEntry(outline, 'turn', line, { turnId }))
  },
  rollout_turn_context(outline, line, { turnId }) {
    const turn = outline.byTurn.get(turnId)
    // It is written again after a compaction.
    if (turn?.lines.some(({ kind }) => kind === line.kind) === false) turn.lines.push(entryLine(line))
  },
  rollout_turn_end(outline, line, { turnId, state }) {
    outline.byTurn.get(turnId)?.lines.push(entryLine(line))
    if (state !== 'completed') addEntry(outline, 'ending', line, { turnId })
  },
  rollout_prompt(outline, line, { turnId }) {
    addEntry(outline, 'prompt', line, { turnId, before: outline.images })
    outline.images = null
  },
  rollout_tool_call(outline, line, { callId, turnId, tool }) {
    addEntry(outline, toolKinds[tool ?? ''] ?? 'tool', line, { turnId, callId })
  },
  rollout_tool_output(outline, line, { callId, turnId }) {
    addToCall(outline, line, callId, 'tool', { turnId })
  },
  rollout_tool_item(outline, line, { callId, turnId, tool, startMs, scriptCallId }) {
    const kind = tool === 'apply_patch' ? 'patch' : 'tool'
    const entry = addToCall(outline, line, callId, kind, { turnId, atMs: startMs, nested: scriptCallId !== null })
    // A shell command may turn out to be a patch.
    if (kind === 'patch') entry.kind = kind
  },
  rollout_spawn(outline, line, { callId }) {
    addToCall(outline, line, callId, 'agent', { turnId: outline.state.turnId }).kind = 'agent'
  },
  rollout_compaction(outline, line, { turnId }) {
    addEntry(outline, 'compaction', line, { turnId })
  },
  rollout_error(outline, line, { turnId }) {
    addEntry(outline, 'error', line, { turnId })
  },
}

export function entryOfFact(outline: Outline, line: OutlineLine, fact: RolloutFact): void {
  const handle = handlers[fact.fact] as ((outline: Outline, line: OutlineLine, fact: RolloutFact) => void) | undefined
  handle?.(outline, line, fact)
}
