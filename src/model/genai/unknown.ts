import type { Attributes } from '../attributes.ts'
import { field, requestModelOf } from './fields.ts'
import { roleOf } from './role.ts'
import { commandLineTool, type GenAiSender } from './sender.ts'
import type { GenAiSpan } from './tell.ts'
import { usageOf } from './usage.ts'

/** Of a sender's own word, on a line of Health. */
const longestWord = 60

/** What was not understood of a span that carries a model or usage; null: nothing. A model alone stands on spans of servers and caches too. */
export function unknownOfSpan({ name, attributes }: GenAiSpan, sender: GenAiSender): string | null {
  if (commandLineTool(sender, name) !== null) return null
  const role = roleOf(attributes)
  if (role !== null && role !== 'unknown') return null
  const { hasModel, hasUsage } = carried(attributes)
  if (role === null) return hasUsage && !hasModel ? 'usage without a model' : null
  if (!hasModel && !hasUsage) return null
  return `operation "${(field(attributes, 'operation') ?? '').slice(0, longestWord)}"`
}

/** Of a log that tells nothing: nobody says whether its counts are one call's or the sum of some, so they add to nothing, and Health says so. */
export function unknownOfLog(attributes: Attributes): string | null {
  const { hasModel, hasUsage } = carried(attributes)
  return hasModel && hasUsage ? 'model and usage in a log' : null
}

function carried(attributes: Attributes): { readonly hasModel: boolean; readonly hasUsage: boolean } {
  return {
    hasModel: requestModelOf(attributes) !== null || field(attributes, 'responseModel') !== null,
    hasUsage: Object.values(usageOf(attributes)).some((count) => count !== null),
  }
}
