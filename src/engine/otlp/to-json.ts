import type { Type } from 'protobufjs'
import { noAttributes, type Attributes, type AttributeValue } from '../../model/attributes.ts'
import { readMessage, type OtlpJson, type OtlpObject } from './read-message.ts'
import { InstrumentationScope, LogRecord, Metric, Resource, Span } from './schema.ts'
import { shapeOf, type Shape } from './shape.ts'
import { Cursor } from './wire/cursor.ts'

/**
 * One message of a stored body in OTLP/JSON form: camelCase, ids as hex, 64-bit integers as text, enums as integers,
 * bytes as base64, defaults and unknown fields left out. Throws MalformedBody.
 */
export const spanToJson = toJson(Span)
export const logToJson = toJson(LogRecord)
export const metricToJson = toJson(Metric)
export const resourceToJson = toJson(Resource)
export const scopeToJson = toJson(InstrumentationScope)

export function toJson(type: () => Type): (bytes: Uint8Array) => OtlpObject {
  let shape: Shape | null = null
  return (bytes) => {
    const into: OtlpObject = {}
    readMessage(new Cursor(bytes), (shape ??= shapeOf(type())), into, 0)
    return into
  }
}

/**
 * A list of KeyValue in OTLP/JSON form, as plain values by key. Integers are numbers where that is exact, else text;
 * bytes stay base64; an empty value is null; of a key given twice the last counts.
 */
export function attributesToObject(attributes: OtlpJson | undefined): Attributes {
  const into = noAttributes()
  if (!Array.isArray(attributes)) return into
  for (const attribute of attributes) {
    if (!isObject(attribute)) continue
    into[typeof attribute.key === 'string' ? attribute.key : ''] = valueToPlain(attribute.value)
  }
  return into
}

/** A value in OTLP/JSON form as a plain one. */
export function valueToPlain(value: OtlpJson | undefined): AttributeValue {
  if (!isObject(value)) return null
  if (value.intValue !== undefined) return exactNumber(value.intValue)
  if (isObject(value.arrayValue)) return listOf(value.arrayValue).map(valueToPlain)
  if (isObject(value.kvlistValue)) return attributesToObject(value.kvlistValue.values)
  const scalar = value.stringValue ?? value.boolValue ?? value.doubleValue ?? value.bytesValue
  return scalar === undefined || typeof scalar === 'object' ? null : scalar
}

function listOf(arrayValue: OtlpObject): readonly OtlpJson[] {
  return Array.isArray(arrayValue.values) ? arrayValue.values : []
}

/** `intValue` as it comes from the wire: decimal text. */
function exactNumber(value: OtlpJson): AttributeValue {
  if (typeof value !== 'string') return null
  const number = Number(value)
  return Number.isSafeInteger(number) ? number : value
}

function isObject(value: OtlpJson | undefined): value is OtlpObject {
  return typeof value === 'object' && !Array.isArray(value)
}
