import { describe, expect, it } from 'vitest'
import { answersOf } from '../../../src/model/codex/rollout/answers.ts'
import type { RolloutFact } from '../../../src/model/codex/rollout/facts.ts'
import { toolEnd } from '../../../src/model/codex/rollout/tool-state.ts'
import { loadRolloutRun, rolloutRuns, type TrueThread } from '../../rollouts.ts'
import { inTemporaryHome, readHome } from './rollout-facts.ts'

/** A code-mode script has no exit code of its own: what it prints may hold those of the commands that it ran. */
const withoutScripts = <T extends { readonly id: string }>(thread: TrueThread, tools: readonly T[]): readonly T[] => {
  const scripts = new Set(thread.tools.filter(({ name }) => name === 'exec').map(({ call_id }) => call_id))
  return tools.filter(({ id }) => !scripts.has(id))
}

const byId = (a: { id: string }, b: { id: string }): number => (a.id < b.id ? -1 : 1)

describe.each(rolloutRuns)('the session files of %s', (name) => {
  it('say what happened, each thing once', async () => {
    const run = loadRolloutRun(name)
    await inTemporaryHome(async (home) => {
      run.unpackInto(home)
      const { facts, problems, unknown } = await readHome(home)
      expect(problems).toEqual([])
      expect(unknown).toEqual([])
      const threads = run.threads.filter(({ files }) => files.length > 0)
      expect([...new Set(ofKind(facts, 'rollout_thread').map(({ sessionId }) => sessionId))].sort()).toEqual(
        threads.map(({ id }) => id).sort(),
      )
      for (const thread of threads) expect(told(thread, facts)).toEqual(truth(thread))
    })
  })
})

function ofKind<K extends RolloutFact['fact']>(
  facts: readonly RolloutFact[],
  kind: K,
): Extract<RolloutFact, { fact: K }>[] {
  return facts.filter((fact): fact is Extract<RolloutFact, { fact: K }> => fact.fact === kind)
}

function told(thread: TrueThread, facts: readonly RolloutFact[]): unknown {
  const own = facts.filter((fact) => 'sessionId' in fact && fact.sessionId === thread.id)
  const [head] = ofKind(own, 'rollout_thread')
  const answers = answersOf(ofKind(own, 'rollout_call'), ofKind(own, 'rollout_step'))
  const sum = (pick: (usage: (typeof answers)[number]['usage']) => number): number =>
    answers.reduce((total, { usage }) => total + pick(usage), 0)
  const ended = new Map(ofKind(own, 'rollout_turn_end').map(({ turnId, state }) => [turnId, state]))
  const begun = [...ofKind(own, 'rollout_turn_start'), ...ofKind(own, 'rollout_turn_context')].map(
    ({ turnId }) => turnId,
  )
  const calls = [...ofKind(own, 'rollout_tool_call'), ...ofKind(own, 'rollout_tool_item')].map(({ callId }) => callId)
  const outputs = new Map(ofKind(own, 'rollout_tool_output').map((output) => [output.callId, output]))
  const items = new Map(ofKind(own, 'rollout_tool_item').map((item) => [item.callId, item]))
  return {
    kind: head?.kind,
    parent: head?.parentId,
    forkedFrom: head?.forkedFromId,
    totals: {
      calls: answers.length,
      input: sum(({ input }) => input),
      cached: sum(({ cached }) => cached),
      cache_write: sum(({ cacheWrite }) => cacheWrite),
      output: sum(({ output }) => output),
      reasoning: sum(({ reasoning }) => reasoning),
    },
    turns: [...new Set([...begun, ...ended.keys()])]
      .map((id) => ({ id, state: ended.get(id) ?? 'unfinished' }))
      .sort(byId),
    // What a helper was asked stands in no prompt of a person.
    prompts: ofKind(thread.kind === 'user' ? own : [], 'rollout_prompt')
      .map(({ turnId, length }) => ({ turn: turnId, length }))
      .sort(byTurn),
    tools: withoutScripts(
      thread,
      [...new Set(calls)].map((id) => ({
        id,
        ...toolEnd({ output: outputs.get(id) ?? null, item: items.get(id) ?? null }),
      })),
    )
      .map(({ id, state, exitCode }) => ({ id, state, exitCode }))
      .sort(byId),
  }
}

function truth(thread: TrueThread): unknown {
  const { calls, input, cached, cache_write, output, reasoning } = thread.totals
  return {
    kind: thread.kind,
    parent: thread.parent,
    forkedFrom: thread.forked_from,
    totals: { calls, input, cached, cache_write, output, reasoning },
    turns: thread.turns.map(({ id, state }) => ({ id, state })).sort(byId),
    prompts: (thread.kind === 'user' ? thread.prompts : [])
      .map(({ turn, text }) => ({ turn, length: text.length }))
      .sort(byTurn),
    tools: withoutScripts(
      thread,
      thread.tools.map(({ call_id: id, state, exit_code: exitCode }) => ({ id, state, exitCode: exitCode ?? null })),
    )
      .slice()
      .sort(byId),
  }
}

function byTurn(a: { turn: string | null; length: number }, b: { turn: string | null; length: number }): number {
  return (a.turn ?? '').localeCompare(b.turn ?? '') || a.length - b.length
}
