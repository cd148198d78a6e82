const standard: ReadonlySet<string> = new Set(['default', 'auto', 'standard'])

/**
 * Priority prices over standard ones, by the model's name in the price list. OpenAI publishes them for each model and not for long
 * contexts (openai.com/api-priority-processing); a model that is not here has none that is known.
 */
const priority: ReadonlyMap<string, number> = new Map([
  ['gpt-5.6-sol', 2],
  ['gpt-5.5', 2.5],
  ['gpt-5.4', 2],
  ['gpt-5.4-mini', 2],
  ['gpt-5.3-codex', 2],
  ['gpt-5.2', 2],
  ['gpt-5.1', 2],
  ['gpt-5', 2],
  ['gpt-5-mini', 1.8],
])

/** What a response's `service_tier` multiplies its price by; null where that is not known. */
export function tierFactor(tier: string | null, model: string, isLongContext: boolean): number | null {
  if (tier === null || standard.has(tier)) return 1
  // Flex is billed like the Batch API, at half the price.
  if (tier === 'flex' || tier === 'batch') return 0.5
  return tier === 'priority' && !isLongContext ? (priority.get(model) ?? null) : null
}
