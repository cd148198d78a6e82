import type { Attributes, AttributeValue } from '../attributes.ts'
import { isLeftOut } from '../exchange/redaction.ts'
import { contentOf } from './content.ts'
import type { ContentRedaction } from './content-words.ts'

/** What was said in a model call or a tool's, as a record has it; null where it was not sent. */
export interface Said {
  readonly prompt: string | null
  readonly arguments: string | null
  readonly output: string | null
}

/** What a model may use goes with a prompt, is often longer, and is not what was asked. */
const offered = /(?:definitions|tools|request_parameters|json_schema|description)$|embedding\.vector$/

/**
 * The same prompt may stand under several names, whole in one and in pieces in others: the longest of a kind is shown. `records` are
 * the attributes of the records of one call or step.
 */
export function saidIn(records: readonly Attributes[]): Said {
  const longest: Partial<Record<ContentRedaction, string>> = {}
  for (const attributes of records)
    for (const [name, value] of Object.entries(attributes)) {
      const kind = contentOf(name).is[0]
      if (kind === undefined || (kind === 'prompts' && offered.test(name))) continue
      const words = wordsOf(value)
      if (words.length > (longest[kind]?.length ?? 0)) longest[kind] = words
    }
  return {
    prompt: longest.prompts ?? null,
    arguments: longest.arguments ?? null,
    output: longest.output ?? null,
  }
}

/** A text as it is, a list or a map as JSON; a number is a figure and says nothing. */
function wordsOf(value: AttributeValue): string {
  if (typeof value === 'string') return isLeftOut(value) ? '' : value
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : ''
}
