import { text, type AttributeValue, type Attributes } from '../attributes.ts'
import { amountOf, asAmount } from '../counts.ts'
import { namesOf } from './producers/index.ts'
import type { Field } from './producers/producer.ts'

/** What the attributes say of a field, by the names of all producers; null where none says it. */
export function field(attributes: Attributes, of: Field): string | null {
  for (const name of namesOf(of)) {
    const value = named(attributes, name)
    if (value !== null) return value
  }
  return null
}

export function everyField(attributes: Attributes, of: Field): readonly string[] {
  return namesOf(of).flatMap((name) => named(attributes, name) ?? [])
}

/** What languages print for nothing names nothing: two answers whose id is `None` are two, and no conversation is called `undefined`. */
export function named(attributes: Attributes, key: string): string | null {
  const value = text(attributes, key)
  return value === null || /^(?:None|null|undefined|nil|NaN|<nil>|\[object Object\])$/.test(value.trim()) ? null : value
}

/** The model that was asked for, also where only the request's own parameters name it. */
export function requestModelOf(attributes: Attributes): string | null {
  return (
    field(attributes, 'requestModel') ??
    /"model"\s{0,4}:\s{0,4}"([^"\\]{1,200})"/.exec(field(attributes, 'requestText') ?? '')?.[1] ??
    null
  )
}

/** Milliseconds, with their fractions; the conventions count in seconds. */
export function ttftMsOf(attributes: Attributes): number | null {
  const ms = amount(attributes, 'ttftMs')
  const seconds = amount(attributes, 'ttftSeconds')
  return ms ?? (seconds === null ? null : Math.round(seconds * 1e6) / 1000)
}

/** US dollars; of another currency nothing is known. */
export function reportedCostOf(attributes: Attributes): number | null {
  const cost = amount(attributes, 'reportedCostUsd') ?? costInText(attributes)
  return cost === null || isInOtherCurrency(attributes) ? null : cost
}

/** Names differ (`gen_ai.usage.cost.currency`, `cost_currency`); what they end in does not. */
export function isInOtherCurrency(attributes: Attributes): boolean {
  return Object.keys(attributes).some(
    (key) => /(?:^|[._])currency$/i.test(key) && !/^(?:USD|US\$|\$|)$/i.test((text(attributes, key) ?? '').trim()),
  )
}

function costInText(attributes: Attributes): number | null {
  const total = /"total(?:_cost)?"\s{0,4}:\s{0,4}([\d.eE+-]{1,40})/.exec(field(attributes, 'costText') ?? '')
  return asAmount(total?.[1])
}

export function amount(attributes: Attributes, of: Field): number | null {
  for (const name of namesOf(of)) {
    const value = amountOf(attributes, name)
    if (value !== null) return value
  }
  return null
}

/** `stop`, `tool_calls`: a text that holds a list in JSON, or a list of such texts, is read first. */
export function finishReasonsOf(attributes: Attributes): readonly string[] | null {
  for (const name of namesOf('finishReasons')) {
    const words = wordsOf(attributes[name], 0)
    if (words.length > 0) return [...new Set(words)]
  }
  return null
}

function wordsOf(value: AttributeValue | undefined, depth: number): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((item: AttributeValue) => wordsOf(item, depth))
  if (typeof value !== 'string') return []
  const plain = value.trim()
  if (depth < 3 && /^["[]/.test(plain)) {
    try {
      return wordsOf(JSON.parse(plain) as AttributeValue, depth + 1)
    } catch {
      // What Python prints: ['stop'].
      return [...plain.matchAll(/[\w-]+/g)].map(([word]) => word)
    }
  }
  return plain === '' ? [] : [plain]
}

/** The class of an error: as it is named, else of the exception, else the status that HTTP answered. */
export function errorClass(attributes: Attributes, exception: string | null): string | null {
  const named = field(attributes, 'errorType')
  if (named !== null && named !== '_OTHER') return named
  return exception ?? httpFailure(attributes) ?? named
}

function httpFailure(attributes: Attributes): string | null {
  for (const key of ['http.response.status_code', 'http.status_code', 'status_code', 'gen_ai.response.status_code']) {
    const status = Number(text(attributes, key) ?? 0)
    if (status >= 400 && status < 600) return String(status)
  }
  return null
}
