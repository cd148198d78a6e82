import { text, type Attributes } from '../attributes.ts'
import { asCount } from '../counts.ts'
import { embeddedUsage, usageFamilies } from './producers/index.ts'
import { unnamed } from './producers/unnamed.ts'
import { noUsage, type Usage } from './told.ts'

type Count = keyof Usage | 'totalTokens'

/** What the end of a name counts, whoever made it: words are separated by `_` alone and in lower case. The first of a count counts. */
const endings: Readonly<Record<Count, string>> = {
  inputTokens: 'input_tokens prompt_tokens input_token_count prompt_token_count prompt tokens input',
  cachedTokens:
    'cache_read_input_tokens cache_read_tokens input_tokens_cached cached_input_tokens cached_tokens cached_content_token_count ' +
    'input_cached_tokens input_cache_read input_token_details_cache_read_tokens input_token_details_cache_read input_tokens_details_cached_tokens ' +
    'prompt_tokens_details_cached_tokens prompt_details_cache_read prompt_details_cache_input cache_read',
  cacheWriteTokens:
    'cache_creation_input_tokens cache_write_input_tokens cache_write_tokens cache_creation_tokens input_tokens_cache_write ' +
    'input_token_details_cache_write_tokens input_token_details_cache_creation prompt_details_cache_write ' +
    'prompt_tokens_details_cache_creation_tokens input_cache_creation cache_creation cache_write',
  hourWriteTokens:
    'ephemeral_1h_input_tokens cache_creation_ephemeral_1h_input_tokens cache_creation_1h_tokens cache_creation_ephemeral_1h_tokens',
  outputTokens: 'output_tokens completion_tokens output_token_count candidates_token_count completion output',
  reasoningTokens:
    'reasoning_output_tokens reasoning_tokens output_tokens_reasoning output_token_details_reasoning_tokens ' +
    'output_token_details_reasoning output_tokens_details_reasoning_tokens completion_tokens_details_reasoning_tokens ' +
    'completion_details_reasoning thoughts_token_count reasoning_output output_reasoning reasoning',
  totalTokens: 'total_tokens total_token_count total',
}

const countOfEnding = new Map<string, readonly [count: Count, rank: number]>()
for (const [count, names] of Object.entries(endings) as [Count, string][])
  names.split(' ').forEach((name, rank) => countOfEnding.set(name, [count, rank]))

/** What else begins so is no count: one says that it counts tokens. */
const mixed = new Set(['gen_ai.response.', ...(unnamed.usage ?? [])])

/** How much of a text with counts is looked at. */
const mostText = 4000

function placeOf(key: string): { readonly ending: string; readonly family: number } | null {
  const family = usageFamilies.findIndex((prefix) => key.startsWith(prefix))
  const prefix = usageFamilies[family]
  if (prefix === undefined || (mixed.has(prefix) && !/tokens$|token_?count$/i.test(key))) return null
  return { ending: wordsOf(key.slice(prefix.length)), family }
}

/** Whether a name says that it counts tokens of a kind that is known. */
export function isNameOfCount(key: string): boolean {
  return countOfEnding.has(placeOf(key)?.ending ?? '')
}

/** What a record says that was used; all null where it reports nothing, which is also what all zeros mean. */
export function usageOf(attributes: Attributes): Usage {
  const best = new Map<Count, { rank: number; value: number }>()
  const note = (ending: string, family: number, value: number | null): void => {
    const found = countOfEnding.get(ending)
    if (found === undefined || value === null) return
    const [count, place] = found
    const known = best.get(count)
    // A number that says something goes before a zero, which stands for what the sender does not know as well.
    const rank = (value > 0 ? 0 : 1000) + family * 30 + place
    if (known === undefined || rank < known.rank) best.set(count, { rank, value })
  }
  for (const key of Object.keys(attributes)) {
    const { ending, family } = placeOf(key) ?? {}
    if (ending !== undefined && family !== undefined) note(ending, family, asCount(attributes[key]))
  }
  embeddedUsage.forEach((key, i) => {
    // JSON and what Python prints have a name, a colon or an equals sign, and a number alike.
    for (const [, name = '', number] of (text(attributes, key) ?? '').slice(0, mostText).matchAll(pairs))
      note(wordsOf(name), usageFamilies.length + i, asCount(number))
  })
  const counted = (count: Count): number | null => best.get(count)?.value ?? null
  return wholeUsage(
    {
      inputTokens: counted('inputTokens'),
      cachedTokens: counted('cachedTokens'),
      cacheWriteTokens: counted('cacheWriteTokens'),
      hourWriteTokens: counted('hourWriteTokens'),
      outputTokens: counted('outputTokens'),
      reasoningTokens: counted('reasoningTokens'),
    },
    counted('totalTokens'),
  )
}

const pairs = /["']?([A-Za-z]\w{1,60})["']?\s{0,4}[:=]\s{0,4}(\d{1,10})(?![\d.])/g

/** `cache_read.input_tokens`, `inputTokenDetails.cacheReadTokens` → `cache_read_input_tokens`, `input_token_details_cache_read_tokens`. */
function wordsOf(name: string): string {
  const tail = name.startsWith('details.') ? name.slice('details.'.length) : name
  return tail
    .replace(/([a-z\d])([A-Z])/g, '$1_$2')
    .replaceAll('.', '_')
    .toLowerCase()
}

/**
 * The conventions count parts within their whole. Parts larger than their whole were sent beside it, as Anthropic's API counts, and a
 * total that is the sum of all of them proves it as well.
 */
export function wholeUsage(usage: Usage, total: number | null): Usage {
  if (Object.values(usage).every((count) => !count) && !total) return noUsage
  const { cachedTokens, cacheWriteTokens, hourWriteTokens, reasoningTokens } = usage
  const [cached, reasoning] = [cachedTokens ?? 0, reasoningTokens ?? 0]
  const written = Math.max(cacheWriteTokens ?? 0, hourWriteTokens ?? 0)
  const parts = cached + written
  let { inputTokens: input, outputTokens: output } = usage
  if (input === null && output !== null && total !== null && total >= output) input = total - output
  if (output === null && input !== null && total !== null && total >= input) output = total - input
  if (input !== null && output !== null) {
    const rest = total === null ? null : total - input - output
    const isBeside = parts > input || (parts > 0 && (rest === parts || rest === parts + reasoning))
    if (isBeside) input += parts
    if (reasoning > output || (reasoning > 0 && total !== null && total === input + output + reasoning))
      output += reasoning
  } else if (input !== null && parts > input) input += parts
  else if (output !== null && reasoning > output) output += reasoning
  return {
    ...usage,
    inputTokens: input,
    cacheWriteTokens: cacheWriteTokens === null && hourWriteTokens === null ? null : written,
    outputTokens: output,
  }
}
