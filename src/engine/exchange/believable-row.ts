import { asAmount, asCount } from '../../model/counts.ts'
import { believableUsage } from '../../model/codex/rollout/usage.ts'
import type { RolloutRow } from '../../model/exchange/rollout-rows.ts'

const amounts: ReadonlySet<string> = new Set(['durationMs', 'ttftMs', 'runMs'])
const counts: ReadonlySet<string> = new Set([
  ...['contextWindow', 'argumentsLength', 'saidLength', 'itemLength', 'filesChanged', 'linesAdded', 'linesRemoved'],
])

/** A row of another Colophon's file within the bounds of what is read here: a figure beyond them is none. */
export function believableRow(row: RolloutRow): RolloutRow {
  const known = Object.entries(row).map(([name, value]) => [
    name,
    amounts.has(name)
      ? asAmount(value)
      : counts.has(name)
        ? asCount(value)
        : name === 'length'
          ? (asCount(value) ?? 0)
          : value,
  ])
  return { ...(Object.fromEntries(known) as RolloutRow), ...('inputTokens' in row ? usageIn(row) : {}) }
}

function usageIn(row: RolloutRow): RolloutRow {
  const count = (name: string): number => asCount(row[name]) ?? 0
  const { input, cached, cacheWrite, output, reasoning } = believableUsage({
    input: count('inputTokens'),
    cached: count('cachedTokens'),
    cacheWrite: count('cacheWriteTokens'),
    output: count('outputTokens'),
    reasoning: count('reasoningTokens'),
  })
  return {
    inputTokens: input,
    cachedTokens: cached,
    cacheWriteTokens: cacheWrite,
    outputTokens: output,
    reasoningTokens: reasoning,
  }
}
