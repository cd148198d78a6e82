import type { Attributes } from '../../attributes.ts'
import { countOf } from '../../counts.ts'
import type { Usage } from './facts.ts'
import type { MeteredUsage } from './record.ts'

/** `{input_tokens, cached_input_tokens, …}`; what is missing is 0. */
export function usageOf(tokens: Attributes): Usage {
  return believableUsage(countsOf(tokens))
}

/** A part is at most its whole: what is said beyond that cannot be true. */
export function believableUsage({ input, cached, cacheWrite, output, reasoning }: Usage): Usage {
  const read = Math.min(cached, input)
  return {
    input,
    cached: read,
    cacheWrite: Math.min(cacheWrite, input - read),
    output,
    reasoning: Math.min(reasoning, output),
  }
}

function countsOf(tokens: Attributes): Usage {
  const count = (key: string): number => countOf(tokens, key) ?? 0
  return {
    input: count('input_tokens'),
    cached: count('cached_input_tokens'),
    cacheWrite: count('cache_write_input_tokens'),
    output: count('output_tokens'),
    reasoning: count('reasoning_output_tokens'),
  }
}

export function meterOf(tokens: Attributes): MeteredUsage {
  return { ...countsOf(tokens), total: countOf(tokens, 'total_tokens') ?? 0 }
}

const meters = ['input', 'cached', 'cacheWrite', 'output', 'reasoning', 'total'] as const

/**
 * What one answer used, by the meter before and after it; null where the meter stands still, for Codex repeats it. A meter that fell (a
 * compaction, a rewind) or was not known before tells nothing, but Codex notes the last answer beside it.
 */
export function stepBetween(before: MeteredUsage | null, now: MeteredUsage, last: Usage): Usage | null {
  if (before === null || meters.some((key) => now[key] < before[key])) return last
  if (meters.every((key) => now[key] === before[key])) return null
  return believableUsage({
    input: now.input - before.input,
    cached: now.cached - before.cached,
    cacheWrite: now.cacheWrite - before.cacheWrite,
    output: now.output - before.output,
    reasoning: now.reasoning - before.reasoning,
  })
}
