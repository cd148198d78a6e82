import { quoteLongIntegers } from '../../engine/otlp/long-integers.ts'

/** An attribute as OTLP/JSON has it. */
export interface KeyValue {
  readonly key: string
  readonly value: AnyValue
}

export type AnyValue =
  | { readonly stringValue: string }
  | { readonly intValue: string }
  | { readonly doubleValue: number }
  | { readonly boolValue: boolean }
  | { readonly arrayValue: { readonly values: readonly AnyValue[] } }
  | Readonly<Record<string, never>>

/** Of a Map column pairs, or these as a text; of a JSON column its text. */
export type StoredAttributes = readonly Pair[] | string

/** NULL where whoever made the table by hand lets a Map's values be that. */
type Pair = readonly [key: string, value: string | null]

export function restoreAttributes(stored: StoredAttributes): readonly KeyValue[] {
  if (typeof stored !== 'string') return fromPairs(stored)
  return stored.startsWith('[') ? fromPairs(JSON.parse(stored) as Pair[]) : fromJson(stored)
}

/**
 * A Map holds texts alone, which the model reads as well as numbers. `thread.id` is the exception: a number there is an OS thread, and
 * no conversation.
 */
function fromPairs(pairs: readonly Pair[]): readonly KeyValue[] {
  return inSentOrder(pairs).map(([key, value]) => ({ key, value: value === null ? {} : asSent(key, value) }))
}

function asSent(key: string, value: string): AnyValue {
  return key === 'thread.id' && digits.test(value) ? { intValue: value } : { stringValue: value }
}

const digits = /^\d{1,18}$/

/** What Codex (0.169.0 to 0.171.0) says first of an attribute that it sends again when it knows better. */
const firstWords: Readonly<Record<string, RegExp>> = {
  'thread.id': digits,
  outcome: /^interrupted$/,
  aborted: /^false$/,
}

/** The exporter's sort keeps the order of equal keys in short lists alone: from 17 attributes on it was seen turned round. */
const longestKept = 16

/** The last of a key counts, as it was sent. */
function inSentOrder(pairs: readonly Pair[]): readonly Pair[] {
  const isDoubled = pairs.some(([key], i) => i > 0 && pairs[i - 1]?.[0] === key)
  if (!isDoubled) return pairs
  const given = pairs.length > longestKept ? pairs.toReversed() : [...pairs]
  const isLater = ([key, value]: Pair): number => (firstWords[key]?.test(value ?? '') === false ? 1 : 0)
  return given.toSorted((a, b) => isLater(a) - isLater(b))
}

/** Paths of a JSON column are the keys again; of a key that stood twice the last was kept. */
function fromJson(text: string): readonly KeyValue[] {
  const found: KeyValue[] = []
  const walk = (value: unknown, path: string): void => {
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      for (const [key, inner] of Object.entries(value)) walk(inner, path === '' ? key : `${path}.${key}`)
    else found.push({ key: path, value: plainToAny(value, path) })
  }
  walk(JSON.parse(quoteLongIntegers(text)), '')
  return found
}

function plainToAny(value: unknown, key = ''): AnyValue {
  if (typeof value === 'string') return asSent(key, value)
  if (typeof value === 'boolean') return { boolValue: value }
  if (typeof value === 'number')
    return Number.isSafeInteger(value) ? { intValue: String(value) } : { doubleValue: value }
  if (Array.isArray(value)) return { arrayValue: { values: value.map((item) => plainToAny(item)) } }
  return value === null ? {} : { stringValue: JSON.stringify(value) }
}
