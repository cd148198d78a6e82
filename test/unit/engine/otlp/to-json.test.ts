import { describe, expect, it } from 'vitest'
import { MalformedBody } from '../../../../src/engine/otlp/malformed.ts'
import { LogRecord, Metric, Span } from '../../../../src/engine/otlp/schema.ts'
import {
  attributesToObject,
  logToJson,
  metricToJson,
  resourceToJson,
  scopeToJson,
  spanToJson,
} from '../../../../src/engine/otlp/to-json.ts'
import { field, varintField } from './wire.ts'

describe('one message of a body', () => {
  it('has camelCase names, hex ids, 64-bit integers as text, enums as integers', () => {
    const bytes = Span()
      .encode(
        Span().fromObject({
          traceId: Buffer.alloc(16, 0xab),
          name: 'turn',
          kind: 'SPAN_KIND_SERVER',
          startTimeUnixNano: '1795166917446826628',
          flags: 257,
          links: [{ spanId: Buffer.alloc(8, 1), flags: 0x80000000 }],
          status: { code: 2, message: 'no' },
        }),
      )
      .finish()
    expect(spanToJson(bytes)).toEqual({
      traceId: 'ab'.repeat(16),
      name: 'turn',
      kind: 2,
      startTimeUnixNano: '1795166917446826628',
      flags: 257,
      links: [{ spanId: '01'.repeat(8), flags: 0x80000000 }],
      status: { code: 2, message: 'no' },
    })
  })

  it('leaves out defaults, but not those that were set on purpose', () => {
    const zeros = Buffer.concat([field(5, ''), varintField(6, 0), varintField(10, 0)])
    expect(spanToJson(zeros)).toEqual({})
    expect(spanToJson(field(5, '0'))).toEqual({ name: '0' })
    const point = { histogram: { dataPoints: [{ sum: 0, count: 0 }] } }
    expect(metricToJson(Metric().encode(Metric().fromObject(point)).finish())).toEqual({
      histogram: { dataPoints: [{ sum: 0 }] },
    })
    expect(
      logToJson(
        LogRecord()
          .encode(LogRecord().fromObject({ body: { stringValue: '' } }))
          .finish(),
      ),
    ).toEqual({
      body: { stringValue: '' },
    })
  })

  it('skips unknown fields', () => {
    expect(scopeToJson(Buffer.concat([field(99, 'later'), field(1, 'codex'), varintField(98, 1)]))).toEqual({
      name: 'codex',
    })
  })

  it('shows bytes that are no UTF-8 as U+FFFD', () => {
    expect(scopeToJson(field(1, Buffer.from([0x61, 0xff])))).toEqual({ name: 'a\ufffd' })
  })

  it('takes the last of two members of a oneof, and merges a message given twice', () => {
    const body = field(5, Buffer.concat([field(1, 'text'), varintField(3, 5)]))
    expect(logToJson(body)).toEqual({ body: { intValue: '5' } })
    expect(spanToJson(Buffer.concat([field(15, field(2, 'm')), field(15, varintField(3, 2))]))).toEqual({
      status: { message: 'm', code: 2 },
    })
  })

  it('reads lists of numbers packed and one by one', () => {
    const count = Buffer.from([5, 0, 0, 0, 0, 0, 0, 0])
    const single = Buffer.concat([Buffer.from([(6 << 3) | 1]), count])
    const point = field(1, Buffer.concat([field(6, Buffer.concat([count, count])), single]))
    expect(metricToJson(field(9, point))).toEqual({ histogram: { dataPoints: [{ bucketCounts: ['5', '5', '5'] }] } })
  })

  it('is malformed when it ends too early', () => {
    const attribute = field(1, field(1, 'service.name'))
    for (let length = 1; length < attribute.length; length++) {
      expect(() => resourceToJson(attribute.subarray(0, length))).toThrow(MalformedBody)
    }
  })
})

describe('attributes as plain values', () => {
  it('become what they are', () => {
    const attributes = [
      { key: 'text', value: { stringValue: 'a' } },
      { key: 'int', value: { intValue: '-42' } },
      { key: 'long', value: { intValue: '9007199254740993' } },
      { key: 'double', value: { doubleValue: 0.5 } },
      { key: 'nan', value: { doubleValue: 'NaN' } },
      { key: 'bool', value: { boolValue: false } },
      { key: 'bytes', value: { bytesValue: 'AAE=' } },
      { key: 'empty', value: {} },
      { key: 'absent' },
      { key: 'list', value: { arrayValue: { values: [{ intValue: '1' }, {}, { arrayValue: {} }] } } },
      { key: 'map', value: { kvlistValue: { values: [{ key: 'a', value: { boolValue: true } }] } } },
    ]
    expect({ ...attributesToObject(attributes) }).toEqual({
      text: 'a',
      int: -42,
      long: '9007199254740993',
      double: 0.5,
      nan: 'NaN',
      bool: false,
      bytes: 'AAE=',
      empty: null,
      absent: null,
      list: [1, null, []],
      map: { a: true },
    })
  })

  it('may have any name', () => {
    const attributes = attributesToObject([{ key: '__proto__', value: { stringValue: 'x' } }])
    expect(Object.entries(attributes)).toEqual([['__proto__', 'x']])
  })

  it('are none where there is no list', () => {
    expect(Object.keys(attributesToObject(undefined))).toEqual([])
  })
})
