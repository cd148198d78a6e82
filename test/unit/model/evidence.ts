import type { Evidence } from '../../../src/model/codex/settle/index.ts'

type Of<K extends 'calls' | 'attempts' | 'tools' | 'turnSpans'> = Evidence[K][number]

/** A session of which nothing is known but what a test says. Times are milliseconds here, for the eye. */
export function evidence(known: Partial<Evidence> = {}): Evidence {
  return {
    id: 's',
    lastAt: 0,
    seenSpans: true,
    understood: true,
    starts: [],
    spans: [],
    prompts: [],
    turnSpans: [],
    requests: [],
    mentions: [],
    calls: [],
    attempts: [],
    tools: [],
    decisions: [],
    compactions: [],
    toldTurns: new Map(),
    samplings: [],
    folders: [],
    thread: null,
    spawn: null,
    review: null,
    cells: new Map(),
    callbacks: new Map(),
    neighbours: [],
    ...known,
  }
}

export const ms = 1_000_000

export function turnSpan(
  turnId: string,
  startMs: number,
  endMs: number,
  totalTokens: number | null = 1,
): Of<'turnSpans'> {
  return { turnId, start: startMs * ms, end: endMs * ms, effort: null, totalTokens, told: null, witness: 'telemetry' }
}

export function call(atMs: number, known: Partial<Of<'calls'>> = {}): Of<'calls'> {
  const tokens = { input: 10, cached: 4, cacheWrite: 0, output: 5, reasoning: 2 }
  const eventKind = 'response.completed'
  return {
    at: atMs * ms,
    status: 'completed',
    eventKind,
    model: 'm',
    effort: null,
    ...tokens,
    ttftMs: null,
    turnId: null,
    begunAfter: null,
    firstItemAt: null,
    witness: 'telemetry',
    ...known,
  }
}

export function attempt(atMs: number, known: Partial<Of<'attempts'>> = {}): Of<'attempts'> {
  return { at: atMs * ms, kind: 'http', attempt: 0, endpoint: '/responses', success: true, durationMs: null, ...known }
}

export function tool(callId: string, known: Partial<Of<'tools'>> = {}): Of<'tools'> {
  return {
    callId,
    tool: 'exec_command',
    agent: '/root',
    at: null,
    durationMs: null,
    success: null,
    exitCode: null,
    spanStart: null,
    spanEnd: null,
    aborted: null,
    source: null,
    spanTurnId: null,
    traceId: null,
    scriptCallId: null,
    witness: 'telemetry',
    ...known,
  }
}
