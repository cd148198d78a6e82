import type { Attributes, AttributeValue } from '../../attributes.ts'
import type { LineCursor, Payload } from './line-cursor.ts'

/** Two of five lines that tell anything. */
export function usageRecord(line: LineCursor): Payload | null {
  const thread_id = line.text('"thread_id":"')
  const turn_id = line.text('"turn_id":"')
  line.text('"session_id":"')
  line.text('"root_turn_id":"')
  const response_id = line.text('"response_id":"')
  const usage = tokens(line, '"usage":{')
  line.passOver(',"turn_token_usage":{')
  line.passOver(',"thread_token_usage":{')
  line.take('}}')
  return line.isAtEnd ? { payload: { thread_id, turn_id, response_id, usage } } : null
}

export function tokenCount(line: LineCursor): Payload | null {
  const total_token_usage = tokens(line, '"type":"token_count","info":{"total_token_usage":{')
  const last_token_usage = tokens(line, ',"last_token_usage":{')
  if (!line.mayTake(',"last_usage_includes_reasoning":false')) line.mayTake(',"last_usage_includes_reasoning":true')
  line.number(',"model_context_window":')
  line.take('},"rate_limits":')
  const rate_limits = limitsOf(line.rest('}}'))
  return rate_limits === null ? null : { payload: { info: { total_token_usage, last_token_usage }, rate_limits } }
}

function tokens(line: LineCursor, key: string): Attributes {
  line.take(key)
  return {
    input_tokens: line.number('"input_tokens":'),
    cached_input_tokens: line.number(',"cached_input_tokens":'),
    // Older versions leave it out.
    cache_write_input_tokens: line.mayTake(',"cache_write_input_tokens":') ? line.number('') : 0,
    output_tokens: line.number(',"output_tokens":'),
    reasoning_output_tokens: line.number(',"reasoning_output_tokens":'),
    total_tokens: line.number(',"total_tokens":', '}'),
  }
}

/** They move seldom: most are the same words as those before. */
let last: { readonly words: string; readonly limits: AttributeValue } | null = null

function limitsOf(words: string | null): AttributeValue | null {
  if (words === null) return null
  if (words === last?.words) return last.limits
  try {
    const limits = JSON.parse(words) as AttributeValue
    last = { words, limits }
    return limits
  } catch {
    return null
  }
}
