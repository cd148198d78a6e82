import { asAmount, asCount } from '../../model/counts.ts'
import { believableUsage } from '../../model/codex/rollout/usage.ts'
import type { RolloutRow } from '../../model/exchange/rollout-rows.ts'

type Read = (value: RolloutRow[string]) => RolloutRow[string]

/** Figures, by the names of their columns. */
const figures = new Map<string, Read>([
  ...['durationMs', 'ttftMs', 'runMs'].map((name): [string, Read] => [name, asAmount]),
  ...['contextWindow', 'argumentsLength', 'saidLength', 'itemLength', 'filesChanged', 'linesAdded', 'linesRemoved'].map(
    (name): [string, Read] => [name, asCount],
  ),
  ['length', (value) => asCount(value) ?? 0],
])

const same: Read = (value) => value

/** A row of another Colophon's file within the bounds of what is read here: a figure beyond them is none. */
export function believableRow(row: RolloutRow): RolloutRow {
  const known = Object.entries(row).map(([name, value]) => [name, (figures.get(name) ?? same)(value)] as const)
  return { ...Object.fromEntries(known), ...('inputTokens' in row ? usageIn(row) : {}) }
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
