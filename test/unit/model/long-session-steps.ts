import type { FileEvidence } from '../../../src/model/codex/join/file-evidence.ts'
import { joinFiles } from '../../../src/model/codex/join/join.ts'
import { settle, type Evidence } from '../../../src/model/codex/settle/index.ts'
import { findingsOf } from '../../../src/model/findings/index.ts'
import { contextOf } from './findings/context.ts'
import * as facts from './ledger/facts.ts'
import { attempt, call, evidence, ms, tool, turnSpan } from './evidence.ts'
import { stepsOf } from './steps-taken.ts'

/** As telemetry without a turn's span tells it: prompts, answers behind each other, scripts with calls in them, and what lies in no turn. */
const logsOf = (count: number): Evidence => {
  const each = Array.from({ length: count }, (_, i) => i * 1000)
  return evidence({
    seenSpans: false,
    lastAt: count * 1000 * ms,
    prompts: each.map((at) => ({ at: at * ms, text: null, witness: 'telemetry' })),
    calls: each.map((at) => call(at + 500)),
    attempts: each.map((at) => attempt(at + 100)),
    decisions: each.map((at) => ({ callId: `decided-${at}`, at: (at + 300) * ms })),
    tools: each.flatMap((at) => [
      tool(`script-${at}`, { tool: 'exec', at: (at + 450) * ms, durationMs: 300 }),
      tool(`exec-${at}`, { at: (at + 400) * ms, durationMs: 100 }),
      // What no script is around.
      tool(`exec-alone-${at}`, { at: (at + 900) * ms, durationMs: 10 }),
    ]),
  })
}

/** The same with turns that are over before the most of it happens. */
const spansOf = (count: number): Evidence => ({
  ...logsOf(count),
  seenSpans: true,
  turnSpans: Array.from({ length: count }, (_, i) => turnSpan(`turn-${i}`, i / 10, i / 10 + 0.05)),
  compactions: Array.from({ length: count }, (_, i) => ({ start: i * 1000 * ms, end: (i * 1000 + 10) * ms })),
})

/** What a file says of it, with turns of which only the end is known, and one moment for much of it. */
const fileOf = (count: number): FileEvidence => {
  const usage = { input: 10, cached: 4, cacheWrite: 0, output: 5, reasoning: 2 }
  const each = Array.from({ length: count }, (_, i) => i)
  return {
    thread: null,
    folder: null,
    turns: each.map((i) => ({
      ...{ turnId: `told-${i}`, start: null, end: i % 2 === 0 ? (i * 1000 + 600) * ms : null, state: null },
      ...{ model: null, effort: null, approvalPolicy: null, sandboxPolicy: null, folder: null, ttftMs: null },
      ...{ error: null, failedAlone: false, abandoned: false },
    })),
    answers: each.map((i) => ({ at: i * ms, turnId: `told-${i}`, model: null, effort: null, ...usage })),
    prompts: each.map((i) => ({ at: i * ms, turnId: `told-${i}`, length: 3 })),
    tools: [],
    compactions: each.map((i) => ({
      id: `file-${i}`,
      at: (i * 1000 + 100) * ms,
      start: null,
      end: null,
      turnId: null,
    })),
  }
}

/** Rows, ledger and findings of as many turns, each with two calls, and an output between them that is big in every second one. */
function found(count: number): void {
  const each = Array.from({ length: count }, (_, i) => i)
  const at = each.flatMap((i) => [i * 1000 + 300, i * 1000 + 800])
  const usage = {
    model: 'gpt-5.5',
    effort: null,
    cached: 0,
    output: 5,
    reasoning: 2,
    ttftMs: null,
    usd: null,
    rates: null,
  }
  const session = facts.session({
    lastAt: count * 1000 * ms,
    turns: each.map((i) => facts.turn(i + 1, i * 1000, i * 1000 + 900)),
    calls: at.map((atMs) => facts.call(atMs)),
    tools: each.map((i) => facts.tool(`call-${i}`, i * 1000 + 400, i * 1000 + 500, { turnId: `t${i + 1}` })),
  })
  findingsOf(
    contextOf(session, {
      calls: at.map((atMs, i) => ({ at: atMs * ms, input: 1000 + (i % 2) * 50_000, ...usage })),
      file: {
        windows: new Map(each.map((i) => [`t${i + 1}`, 200_000])),
        outputs: new Map(each.map((i) => [`call-${i}`, i % 2 === 0 ? 200_000 : 10])),
        limits: [],
      },
    }),
  )
}

const shapes = {
  'rows, ledger and findings': found,
  'logs alone': (count: number) => settle(logsOf(count)),
  'spans that are over': (count: number) => settle(spansOf(count)),
  'both witnesses': (count: number) => settle(joinFiles(spansOf(count), fileOf(count)).evidence),
  'both witnesses, logs alone': (count: number) => settle(joinFiles(logsOf(count), fileOf(count)).evidence),
  'the file alone': (count: number) => settle(joinFiles(evidence({ seenSpans: false }), fileOf(count)).evidence),
}

const told: Record<string, readonly number[]> = {}
for (const [name, settled] of Object.entries(shapes))
  told[name] = [await stepsOf(() => settled(400)), await stepsOf(() => settled(1600))]
process.stdout.write(JSON.stringify(told))
