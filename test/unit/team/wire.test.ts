import fc from 'fast-check'
import { expect, test } from 'vitest'
import { messageToProtobuf } from '../../../src/engine/otlp/json-to-protobuf.ts'
import { Span } from '../../../src/engine/otlp/schema.ts'
import { spanToJson } from '../../../src/engine/otlp/to-json.ts'
import type { AnyValue } from '../../../src/team/records/restore.ts'
import { Wire } from '../../../src/team/records/wire.ts'

const text = fc.string({ unit: 'grapheme', maxLength: 300 })
const scalar = fc.oneof(
  text.map((stringValue): AnyValue => ({ stringValue })),
  fc.bigInt(-(2n ** 63n), 2n ** 63n - 1n).map((value): AnyValue => ({ intValue: String(value) })),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((doubleValue): AnyValue => ({ doubleValue })),
  fc.boolean().map((boolValue): AnyValue => ({ boolValue })),
  fc.constant<AnyValue>({}),
)
const value = fc.oneof(
  scalar,
  fc.array(scalar, { maxLength: 4 }).map((values): AnyValue => ({ arrayValue: { values } })),
)
const attributes = fc.array(fc.record({ key: text, value }), { maxLength: 40 })

test('what is written by hand is read as what a general writer writes', () => {
  fc.assert(
    fc.property(text, fc.bigInt(0n, 2n ** 64n - 1n), attributes, (name, startNs, pairs) => {
      const wire = new Wire()
      wire.id(2, '00000000000000ff')
      wire.text(5, name)
      wire.int(6, 3)
      wire.fixed64(7, startNs)
      wire.attributes(9, pairs)
      wire.message(15, () => {
        wire.int(3, 2)
      })
      const span = { spanId: '00000000000000ff', name, kind: 3, startTimeUnixNano: String(startNs), attributes: pairs }
      expect(spanToJson(wire.finish())).toEqual(spanToJson(messageToProtobuf(Span(), { ...span, status: { code: 2 } })))
    }),
    { numRuns: 100 },
  )
})

test('what is longer than the room that was kept grows, and keeps what was there', () => {
  const wire = new Wire()
  const long = 'ä'.repeat(400_000)
  wire.text(5, 'name')
  wire.attributes(9, [{ key: 'long', value: { stringValue: long } }])
  expect(spanToJson(wire.finish())).toEqual({
    name: 'name',
    attributes: [{ key: 'long', value: { stringValue: long } }],
  })
})
