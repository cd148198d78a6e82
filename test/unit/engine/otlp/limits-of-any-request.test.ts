import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { jsonToProtobuf } from '../../../../src/engine/otlp/json-to-protobuf.ts'
import { cutToLimits, type Limits } from '../../../../src/engine/otlp/limits.ts'
import type { OtlpJson, OtlpObject } from '../../../../src/engine/otlp/read-message.ts'
import { requestType } from '../../../../src/engine/otlp/schema.ts'
import { shapeOf, type FieldShape, type Shape } from '../../../../src/engine/otlp/shape.ts'
import { anyRequest, jsonBytes, requestToJson, signals } from './messages.ts'

/** The same cuts, made on the JSON form. */
function cutMessage(shape: Shape, message: OtlpObject, limits: Limits, depth: number): OtlpObject {
  const isContainer = 'arrayValue' in message || 'kvlistValue' in message
  if (isContainer && depth >= limits.maxDepth) {
    return { stringValue: `[cut by Colophon: nested deeper than ${limits.maxDepth}]` }
  }
  const result: OtlpObject = {}
  let dropped = 0
  for (const field of shape.fields) {
    const member = message[field.name]
    if (member === undefined) continue
    const isAttributes = field.message?.name === 'KeyValue' && shape.name !== 'KeyValueList'
    const kept = isAttributes && Array.isArray(member) ? member.slice(0, limits.maxAttributes) : member
    if (isAttributes && Array.isArray(member)) dropped += Math.max(0, member.length - limits.maxAttributes)
    // An empty list and none are the same on the wire.
    if (Array.isArray(kept) && kept.length === 0) continue
    result[field.name] = cutMember(field, kept, limits, depth + (isContainer ? 1 : 0))
  }
  if (dropped > 0 && shape.fields.some((field) => field.name === 'droppedAttributesCount')) {
    result.droppedAttributesCount = Math.min(Number(message.droppedAttributesCount ?? 0) + dropped, 0xffffffff)
  }
  return result
}

function cutMember(field: FieldShape, member: OtlpJson, limits: Limits, depth: number): OtlpJson {
  if (Array.isArray(member)) return member.map((item) => cutMember(field, item, limits, depth))
  if (field.message && typeof member === 'object') return cutMessage(field.message, member, limits, depth)
  if (typeof member !== 'string' || (field.kind !== 'string' && field.kind !== 'bytes')) return member
  const encoding = field.kind === 'string' ? 'utf8' : 'base64'
  return cutBytes(Buffer.from(member, encoding), field.kind === 'string', limits).toString(encoding)
}

function cutBytes(bytes: Buffer, isText: boolean, limits: Limits): Buffer {
  if (bytes.length <= limits.maxStringBytes) return bytes
  let kept = Math.max(0, limits.maxStringBytes - 40)
  while (isText && bytes.subarray(0, kept).toString('utf8').endsWith('\ufffd')) kept--
  return Buffer.concat([bytes.subarray(0, kept), Buffer.from(` [cut by Colophon: ${bytes.length - kept} bytes]`)])
}

const anyLimits = fc.record({
  maxDepth: fc.integer({ min: 0, max: 3 }),
  maxAttributes: fc.integer({ min: 0, max: 3 }),
  maxStringBytes: fc.integer({ min: 40, max: 120 }),
})

describe.each(signals)('%s', (signal) => {
  it('are cut to any limits, once', () => {
    fc.assert(
      fc.property(anyRequest(signal), anyLimits, (request, limits) => {
        const body = jsonToProtobuf(signal, jsonBytes(request))
        const result = cutToLimits(signal, body, limits)
        const expected = cutMessage(shapeOf(requestType(signal)), request, limits, 0)
        expect(requestToJson(signal, result.body)).toEqual(expected)
        expect(result.cut === 0).toBe(result.body === body)
        expect(cutToLimits(signal, result.body, limits)).toEqual({ body: result.body, cut: 0 })
      }),
    )
  })
})
