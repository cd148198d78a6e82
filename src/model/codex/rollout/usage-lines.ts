import type { Attributes, AttributeValue } from '../../attributes.ts'

interface Payload {
  readonly payload: Attributes
}

/** By their kind. */
const read: Readonly<Record<string, (line: LineCursor) => Payload | null>> = {
  token_usage_record: usageRecord,
  'event_msg/token_count': tokenCount,
}

/**
 * What is read of a line that tells of tokens, without parsing it: two of five lines that tell anything do, and Codex writes all of them
 * alike. null where it is another line, or written or ended in any other way: it has to be parsed.
 */
export function usageLine(kind: string, line: string): Payload | null {
  const reader = read[kind]
  // Behind a backslash a quotation mark ends nothing.
  return reader === undefined || line.includes('\\') ? null : reader(new LineCursor(line))
}

function usageRecord(line: LineCursor): Payload | null {
  line.jumpBehind('"payload":{')
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

function tokenCount(line: LineCursor): Payload | null {
  line.jumpBehind('"payload":{')
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

/** Goes through a line as long as it is written as expected; where it is not, it stays there, and nothing follows. */
class LineCursor {
  readonly #line: string
  /** Negative: it is not written so. */
  #at = 0

  constructor(line: string) {
    this.#line = line
  }

  get isAtEnd(): boolean {
    return this.#at === this.#line.length
  }

  mayTake(words: string): boolean {
    const is = this.#at >= 0 && this.#line.startsWith(words, this.#at)
    if (is) this.#at += words.length
    return is
  }

  take(words: string): void {
    if (!this.mayTake(words)) this.#at = -1
  }

  jumpBehind(words: string): void {
    const at = this.#line.indexOf(words)
    this.#at = at < 0 ? -1 : at + words.length
  }

  /** What stands in quotation marks behind its key, with the comma that follows. */
  text(key: string): string {
    this.take(key)
    if (this.#at < 0) return ''
    const from = this.#at
    this.#at = this.#line.indexOf('"', from)
    const found = this.#line.slice(from, this.#at)
    this.take('",')
    return found
  }

  number(key: string, behind = ''): number {
    this.take(key)
    if (this.#at < 0) return 0
    let [at, number] = [this.#at, 0]
    for (let digit = 0; (digit = this.#line.charCodeAt(at) - 48) >= 0 && digit <= 9; at++) number = number * 10 + digit
    const length = at - this.#at
    this.#at = length > 0 && length <= 15 ? at : -1
    if (behind !== '') this.take(behind)
    return number
  }

  /** An object that has none in it. */
  passOver(key: string): void {
    this.take(key)
    if (this.#at >= 0) this.#at = this.#line.indexOf('}', this.#at) + 1 || -1
  }

  /** All that is left but the end; null where it does not end so. */
  rest(end: string): string | null {
    return this.#at >= 0 && this.#line.endsWith(end) ? this.#line.slice(this.#at, -end.length) : null
  }
}
