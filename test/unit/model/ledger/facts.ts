import type { SessionFacts } from '../../../../src/model/tree/facts.ts'

export const ms = 1_000_000

type Of<K extends 'turns' | 'calls' | 'attempts' | 'tools' | 'decisions'> = SessionFacts[K][number]

/** A finished session of ten seconds with one turn around all of it, but for what is given. */
export function session(known: Partial<SessionFacts> = {}): SessionFacts {
  return {
    id: 's',
    kind: 'user',
    parentId: null,
    parentCallId: null,
    state: 'done',
    title: null,
    model: 'gpt-5.5',
    originator: null,
    firstAt: 0,
    lastAt: 10_000 * ms,
    spawnAt: null,
    spans: [],
    turns: [turn(1, 0, 10_000)],
    calls: [],
    attempts: [],
    tools: [],
    decisions: [],
    compactions: [],
    samplings: [],
    rounds: [],
    hooks: [],
    startup: [],
    errors: [],
    witness: 'telemetry',
    ...known,
  }
}

export function turn(number: number, startMs: number, endMs: number | null): Of<'turns'> {
  const state = endMs === null ? 'open' : 'done'
  const end = endMs === null ? null : endMs * ms
  return {
    number,
    turnId: `t${number}`,
    start: startMs * ms,
    end,
    state,
    error: null,
    failedAlone: false,
    abandoned: false,
    prompt: null,
  }
}

const untold = { begunAfter: null, firstItemAt: null, firstTokenMs: null }

export function call(atMs: number, known: Partial<Of<'calls'>> = {}): Of<'calls'> {
  const tokens = { inputTokens: 100, cachedTokens: 0, outputTokens: 10, reasoningTokens: 0 }
  return {
    at: atMs * ms,
    status: 'completed',
    model: 'gpt-5.5',
    ...tokens,
    ...untold,
    ttftMs: null,
    error: null,
    ...known,
  }
}

export function request(atMs: number, known: Partial<Of<'attempts'>> = {}): Of<'attempts'> {
  const answer = { statusCode: 200, success: true, durationMs: 0, error: null }
  return { at: atMs * ms, kind: 'http', endpoint: '/responses', ...answer, ...known }
}

/** A finished call with its span. */
export function tool(callId: string, startMs: number, endMs: number, known: Partial<Of<'tools'>> = {}): Of<'tools'> {
  return {
    callId,
    tool: 'exec_command',
    mcpServer: null,
    at: endMs * ms,
    durationMs: endMs - startMs,
    success: true,
    exitCode: null,
    running: false,
    summary: null,
    spanStart: startMs * ms,
    spanEnd: endMs * ms,
    aborted: false,
    turnId: 't1',
    parentCallId: null,
    witness: 'telemetry',
    waitStart: null,
    waitEnd: null,
    ...known,
  }
}

export function decision(callId: string, atMs: number, source: string): Of<'decisions'> {
  return { callId, at: atMs * ms, decision: 'approved', source, tool: 'exec_command' }
}
