import type { OtlpJson, OtlpObject } from '../../src/engine/otlp/read-message.ts'

/** As OTLP/JSON has it. */
export interface Attribute {
  readonly key?: string
  readonly value?: OtlpObject
}

/** OTLP/JSON as it is read: a 64-bit integer is text. */
export const integerOf = (value: OtlpJson | undefined): bigint => BigInt(typeof value === 'string' ? value : 0)

export const objectsOf = (list: OtlpJson | undefined): readonly OtlpObject[] => (list ?? []) as readonly OtlpObject[]

export const attributesOf = ({ attributes }: OtlpObject): readonly Attribute[] => objectsOf(attributes)

/** A value as the exporter writes it into a Map: its text, lists and maps as JSON with sorted keys. */
export function asText(value: OtlpObject = {}): string {
  return typeof value['stringValue'] === 'string' ? value['stringValue'] : rawJson(value).replace(/^"(.*)"$/s, '$1')
}

/** A value as JSON; integers keep all their digits. */
function rawJson(value: OtlpObject): string {
  if (value['intValue'] !== undefined) return String(integerOf(value['intValue']))
  if (value['bytesValue'] !== undefined) return JSON.stringify(value['bytesValue'])
  const scalar = value['stringValue'] ?? value['boolValue'] ?? value['doubleValue']
  if (scalar !== undefined) return JSON.stringify(scalar)
  const { arrayValue, kvlistValue } = value as { arrayValue?: OtlpObject; kvlistValue?: OtlpObject }
  if (arrayValue !== undefined) return `[${objectsOf(arrayValue['values']).map(rawJson).join(',')}]`
  return kvlistValue === undefined ? '""' : asJson(objectsOf(kvlistValue['values']))
}

/** Of a column of the type JSON: of a key that stands twice the last stays. */
export function asJson(attributes: readonly Attribute[]): string {
  const last = new Map(attributes.map(({ key = '', value = {} }) => [key, value]))
  const pairs = [...last].toSorted(([a], [b]) => (a < b ? -1 : 1))
  return `{${pairs.map(([key, value]) => `${JSON.stringify(key)}:${rawJson(value)}`).join(',')}}`
}

/** The exporter's sort keeps equal keys in their order in short lists alone: from 17 on they were seen turned round. */
const longestKept = 16

/** Of a Map column: sorted by key, of a key that stands twice both. */
export function asMap(attributes: readonly Attribute[]): string {
  const given = attributes.length > longestKept ? attributes.toReversed() : [...attributes]
  const sorted = given.toSorted(({ key: a = '' }, { key: b = '' }) => (a === b ? 0 : a < b ? -1 : 1))
  return `{${sorted.map(({ key = '', value }) => `${JSON.stringify(key)}:${JSON.stringify(asText(value))}`).join(',')}}`
}
