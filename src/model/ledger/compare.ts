import type { SessionSummary } from '../session/summary.ts'

export interface CallFigures {
  readonly calls: number
  readonly failed: number
  /** null where no call's length is known. */
  readonly totalMs: number | null
  readonly medianMs: number | null
}

/** One call for statistics; `ms` is its own running time, null where nothing tells it. */
export interface MeasuredCall {
  readonly name: string
  readonly ms: number | null
  readonly failed: boolean
}

export function statistics(calls: readonly MeasuredCall[]): Map<string, CallFigures> {
  const byName = new Map<string, MeasuredCall[]>()
  for (const call of calls) {
    const known = byName.get(call.name)
    if (known === undefined) byName.set(call.name, [call])
    else known.push(call)
  }
  return new Map([...byName].map(([name, of]) => [name, figuresOf(of)]))
}

function figuresOf(calls: readonly MeasuredCall[]): CallFigures {
  const times = calls
    .map(({ ms }) => ms)
    .filter((ms) => ms !== null)
    .sort((a, b) => a - b)
  const middle = times.length >> 1
  const upper = times[middle] ?? null
  const lower = times.length % 2 === 0 ? (times[middle - 1] ?? null) : upper
  return {
    calls: calls.length,
    failed: calls.filter(({ failed }) => failed).length,
    totalMs: times.length === 0 ? null : times.reduce((sum, ms) => sum + ms, 0),
    medianMs: upper === null || lower === null ? null : (lower + upper) / 2,
  }
}

/** Both sides by name: those that took longest first, those of one side alone with null for the other. */
export function sideBySide(
  a: ReadonlyMap<string, CallFigures>,
  b: ReadonlyMap<string, CallFigures>,
): { name: string; a: CallFigures | null; b: CallFigures | null }[] {
  const names = [...new Set([...a.keys(), ...b.keys()])]
  const weight = (name: string): number => Math.max(a.get(name)?.totalMs ?? 0, b.get(name)?.totalMs ?? 0)
  return names
    .sort((one, other) => weight(other) - weight(one) || (one < other ? -1 : 1))
    .map((name) => ({ name, a: a.get(name) ?? null, b: b.get(name) ?? null }))
}

export interface Figure {
  readonly name: string
  readonly unit: 'ms' | 'tokens' | 'usd' | 'count'
  /** null: not known, and so not compared. */
  readonly a: number | null
  readonly b: number | null
}

export interface Difference {
  readonly name: string
  readonly unit: Figure['unit']
  readonly a: number
  readonly b: number
  readonly delta: number
  readonly weight: number
}

/**
 * The figures that are not the same, biggest first. Seconds, tokens and dollars are made comparable by the largest figure of their
 * unit on either side: `weight` is the difference as a share of that, from -1 to 1.
 */
export function differencesOf(figures: readonly Figure[]): Difference[] {
  const whole = new Map<Figure['unit'], number>()
  for (const { unit, a, b } of figures) whole.set(unit, Math.max(whole.get(unit) ?? 0, a ?? 0, b ?? 0))
  return figures
    .flatMap(({ name, unit, a, b }) => {
      if (a === null || b === null || a === b) return []
      return [{ name, unit, a, b, delta: b - a, weight: (b - a) / (whole.get(unit) ?? 1) }]
    })
    .sort((one, other) => Math.abs(other.weight) - Math.abs(one.weight) || (one.name < other.name ? -1 : 1))
}

export function figuresOfSummaries(a: SessionSummary, b: SessionSummary): Figure[] {
  const of = (name: string, unit: Figure['unit'], pick: (summary: SessionSummary) => number | null): Figure => ({
    name,
    unit,
    a: pick(a),
    b: pick(b),
  })
  return [
    of('wall time', 'ms', ({ wallMs }) => wallMs),
    of('time in turns', 'ms', ({ busyMs }) => busyMs),
    of('input tokens', 'tokens', ({ tokens }) => tokens.input),
    of('cached tokens', 'tokens', ({ tokens }) => tokens.cached),
    of('output tokens', 'tokens', ({ tokens }) => tokens.output),
    of('reasoning tokens', 'tokens', ({ tokens }) => tokens.reasoning),
    of('cost', 'usd', ({ costUsd }) => costUsd),
    of('prompts', 'count', ({ prompts }) => prompts),
    of('model calls', 'count', ({ apiCalls }) => apiCalls),
    of('tool calls', 'count', ({ toolCalls }) => toolCalls),
    of('failed tool calls', 'count', ({ failedToolCalls }) => failedToolCalls),
    of('commands with another exit code than 0', 'count', ({ nonZeroExits }) => nonZeroExits),
    of('retries', 'count', ({ retries }) => retries),
    of('errors', 'count', ({ errors }) => errors),
  ]
}
