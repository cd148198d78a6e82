import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { jsonToProtobuf } from '../../../../src/engine/otlp/json-to-protobuf.ts'
import { MalformedBody } from '../../../../src/engine/otlp/malformed.ts'
import { requestType } from '../../../../src/engine/otlp/schema.ts'
import { anyRequest, captured, jsonBytes, oneSpan, requestToJson, signals } from './messages.ts'

const text = (json: string) => new TextEncoder().encode(json)

/** The span that comes back from a request with one span. */
function throughProtobuf(span: unknown): unknown {
  return readBack(jsonBytes(oneSpan(span)))
}

function readBack(body: Uint8Array): unknown {
  const back = requestToJson('traces', jsonToProtobuf('traces', body))
  expect(back).toMatchObject({ resourceSpans: [{ scopeSpans: [{ spans: [{}] }] }] })
  return (back as { resourceSpans: [{ scopeSpans: [{ spans: [unknown] }] }] }).resourceSpans[0].scopeSpans[0].spans[0]
}

function value(anyValue: unknown): unknown {
  return { attributes: [{ key: 'k', value: anyValue }] }
}

/** Integers of any length as bare JSON numbers, which JSON.stringify cannot write. */
function spanText(span: string): Uint8Array {
  return text(`{"resourceSpans":[{"scopeSpans":[{"spans":[${span}]}]}]}`)
}

describe.each(signals)('%s', (signal) => {
  it('come back as they were sent', () => {
    fc.assert(
      fc.property(anyRequest(signal), (request) => {
        expect(requestToJson(signal, jsonToProtobuf(signal, jsonBytes(request)))).toEqual(request)
      }),
    )
  })

  it('of Codex say the same as protobufjs makes of them', () => {
    const body = captured(`codex-${signal}.json`)
    const type = requestType(signal)
    const asObject = (bytes: Uint8Array) => type.toObject(type.decode(bytes), { longs: String, bytes: String })
    const request: unknown = JSON.parse(new TextDecoder().decode(body), (key, member: unknown) =>
      /^(trace|span|parentSpan)Id$/.test(key) ? Buffer.from(String(member), 'hex').toString('base64') : member,
    )
    const theirs = type.encode(type.fromObject(request as Record<string, unknown>)).finish()
    expect(asObject(jsonToProtobuf(signal, body))).toEqual(asObject(theirs))
  })

  it('come back from protobuf as Codex sent it', () => {
    const sent = requestToJson(signal, captured(`codex-${signal}.pb`))
    expect(requestToJson(signal, jsonToProtobuf(signal, jsonBytes(sent)))).toEqual(sent)
  })

  it('may be an empty request', () => {
    expect(jsonToProtobuf(signal, text('{}'))).toHaveLength(0)
  })
})

describe('leniency that OTLP asks for', () => {
  const cases: [string, unknown, unknown][] = [
    ['ids in capitals', { spanId: 'ABCDEF0123456789' }, { spanId: 'abcdef0123456789' }],
    ['empty ids', { parentSpanId: '' }, {}],
    ['snake_case names', { start_time_unix_nano: '5' }, { startTimeUnixNano: '5' }],
    ['null as absent', { name: null, events: null, status: null }, {}],
    ['null among messages as absent', { events: [null, { name: 'e' }] }, { events: [{ name: 'e' }] }],
    ['unknown fields', { colour: { deep: [1] }, name: 'n' }, { name: 'n' }],
    ['enums as integers', { kind: 3 }, { kind: 3 }],
    ['enums of tomorrow', { kind: 77 }, { kind: 77 }],
    ['enums as names', { kind: 'SPAN_KIND_CLIENT' }, { kind: 3 }],
    ['64-bit integers as numbers', { endTimeUnixNano: 1234 }, { endTimeUnixNano: '1234' }],
    ['32-bit integers as text', { droppedEventsCount: '7' }, { droppedEventsCount: 7 }],
    ['a default that was set in a oneof', value({ stringValue: '' }), value({ stringValue: '' })],
    ['an empty value', value({}), value({})],
    ['NaN', value({ doubleValue: 'NaN' }), value({ doubleValue: 'NaN' })],
    ['infinity', value({ doubleValue: '-Infinity' }), value({ doubleValue: '-Infinity' })],
    ['doubles as text', value({ doubleValue: '2.5e3' }), value({ doubleValue: 2500 })],
    ['base64url', value({ bytesValue: '-_8' }), value({ bytesValue: '+/8=' })],
    ['half a surrogate pair', { name: 'a\ud800b' }, { name: 'a\ufffdb' }],
    [
      'null in a list of values as an empty value',
      value({ arrayValue: { values: [null, { intValue: 1 }] } }),
      value({ arrayValue: { values: [{}, { intValue: '1' }] } }),
    ],
  ]

  it.each(cases)('%s', (_, sent, kept) => {
    expect(throughProtobuf(sent)).toEqual(kept)
  })

  it.each(['9223372036854775807', '-9223372036854775808', '9007199254740993', '-1', '0', '4294967296'])(
    'keeps the integer %s exact, as text and as number',
    (integer) => {
      expect(throughProtobuf(value({ intValue: integer }))).toEqual(value({ intValue: integer }))
      const bare = `{"attributes": [{"key": "k", "value": {"intValue":${integer}}}]}`
      expect(readBack(spanText(bare))).toEqual(value({ intValue: integer }))
    },
  )

  it('keeps the greatest unsigned integer exact', () => {
    const greatest = '18446744073709551615'
    expect(throughProtobuf({ startTimeUnixNano: greatest })).toEqual({ startTimeUnixNano: greatest })
    expect(readBack(spanText(`{"startTimeUnixNano": ${greatest}}`))).toEqual({ startTimeUnixNano: greatest })
  })

  it.each([
    'one quote " ,1234567890123456789 ',
    'two quotes "" ,1234567890123456789 ',
    'backslash and quote \\" ,1234567890123456789 \\',
  ])('leaves digits inside a text alone beside a long bare number: %s', (name) => {
    const sent = `{"name":${JSON.stringify(name)},"startTimeUnixNano":1234567890123456789,"endTimeUnixNano": 1e3}`
    expect(readBack(spanText(sent))).toEqual({
      name,
      startTimeUnixNano: '1234567890123456789',
      endTimeUnixNano: '1000',
    })
  })
})

describe('a malformed body', () => {
  const span = 'resourceSpans[0].scopeSpans[0].spans[0]'
  const at = (path: string, problem: string) => `${span}.${path}: ${problem}`
  const cases: [string, unknown, string][] = [
    ['a time of letters', { startTimeUnixNano: 'noon' }, at('startTimeUnixNano', 'not an unsigned 64-bit integer')],
    ['a negative time', { endTimeUnixNano: -1 }, at('endTimeUnixNano', 'not an unsigned 64-bit integer')],
    ['a time of 2^64', { endTimeUnixNano: String(2n ** 64n) }, at('endTimeUnixNano', 'not an unsigned 64-bit integer')],
    ['half a nanosecond', { endTimeUnixNano: 0.5 }, at('endTimeUnixNano', 'not an unsigned 64-bit integer')],
    ['a short id', { traceId: 'ab' }, at('traceId', 'not 32 hexadecimal digits')],
    ['an id that is not hexadecimal', { spanId: 'xyxyxyxyxyxyxyxy' }, at('spanId', 'not hexadecimal')],
    ['a name that is a number', { name: 5 }, at('name', 'not a string')],
    ['an unknown enum name', { kind: 'SPAN_KIND_ODD' }, at('kind', 'not a value of the enum')],
    ['a count of 2^32', { droppedLinksCount: 2 ** 32 }, at('droppedLinksCount', 'not an unsigned 32-bit integer')],
    ['a list that is an object', { events: {} }, at('events', 'not a list')],
    ['a message that is a list', { status: [] }, at('status', 'not an object')],
    ['an event that is a text', { events: [{}, 'e'] }, at('events[1]', 'not an object')],
    [
      'an integer of 2^63',
      value({ intValue: String(2n ** 63n) }),
      at('attributes[0].value.intValue', 'not a 64-bit integer'),
    ],
    ['a truth that is a text', value({ boolValue: 'true' }), at('attributes[0].value.boolValue', 'not true or false')],
    ['a double of letters', value({ doubleValue: 'x' }), at('attributes[0].value.doubleValue', 'not a number')],
    ['bytes that are not base64', value({ bytesValue: '#' }), at('attributes[0].value.bytesValue', 'not base64')],
  ]

  it.each(cases)('%s', (_, sent, message) => {
    expect(() => jsonToProtobuf('traces', jsonBytes(oneSpan(sent)))).toThrow(new MalformedBody(message))
  })

  it.each([
    ['a list', text('[]'), 'body: not an object'],
    ['no JSON', text('{"resourceSpans": ['), 'body: not JSON'],
    ['empty', text(''), 'body: not JSON'],
    ['not UTF-8', Uint8Array.of(0x22, 0xff, 0x22), 'body: not UTF-8'],
    [
      'a list of packed numbers with a text',
      text(
        '{"resourceMetrics":[{"scopeMetrics":[{"metrics":[{"histogram":{"dataPoints":[{"bucketCounts":[1,"x"]}]}}]}]}]}',
      ),
      'dataPoints[0].bucketCounts[1]: not an unsigned 64-bit integer',
    ],
  ])('that is %s', (_, body, message) => {
    const signal = message.startsWith('dataPoints') ? 'metrics' : 'traces'
    expect(() => jsonToProtobuf(signal, body)).toThrow(MalformedBody)
    expect(() => jsonToProtobuf(signal, body)).toThrow(message)
  })
})

describe('nulls in place of records', () => {
  const metric = (data: unknown) => ({ resourceMetrics: [{ scopeMetrics: [{ metrics: [{ gauge: data }] }] }] })

  it.each([
    ['traces', { resourceSpans: [null, null] }, 'resourceSpans[0]'],
    ['logs', { resourceLogs: [{ scopeLogs: [null] }] }, 'resourceLogs[0].scopeLogs[0]'],
    ['traces', { resourceSpans: [{ scopeSpans: [{ spans: [null] }] }] }, 'resourceSpans[0].scopeSpans[0].spans[0]'],
    ['metrics', metric({ dataPoints: [null] }), 'resourceMetrics[0].scopeMetrics[0].metrics[0].gauge.dataPoints[0]'],
  ] as const)('are told where a request of %s holds nothing else', (signal, body, at) => {
    expect(() => jsonToProtobuf(signal, jsonBytes(body))).toThrow(
      new MalformedBody(`${at}: null, and there is no record beside it`),
    )
  })

  it('are passed over beside one, and in what holds no records', () => {
    const span = { name: 'n' }
    const request = { resourceSpans: [null, { scopeSpans: [{ spans: [null, span] }] }] }
    expect(requestToJson('traces', jsonToProtobuf('traces', jsonBytes(request)))).toEqual({
      resourceSpans: [{ scopeSpans: [{ spans: [span] }] }],
    })
    expect(() =>
      jsonToProtobuf('traces', jsonBytes({ resourceSpans: [{ resource: { attributes: [null] } }] })),
    ).not.toThrow()
  })
})

describe('nesting', () => {
  const nested = (depth: number) =>
    spanText(
      `{"attributes":[{"key":"k","value":${'{"arrayValue":{"values":['.repeat(depth)}{"intValue":1}${']}}'.repeat(depth)}}]}`,
    )

  it('of 200 arrays is read', () => {
    let inner: unknown = { intValue: '1' }
    for (let depth = 0; depth < 200; depth++) inner = { arrayValue: { values: [inner] } }
    expect(readBack(nested(200))).toEqual(value(inner))
  })

  it('of 257 values is refused where it happens', () => {
    expect(() => jsonToProtobuf('traces', nested(256))).toThrow(MalformedBody)
    expect(() => jsonToProtobuf('traces', nested(256))).toThrow(
      /spans\[0\]\.attributes\[0\]\.value(\.arrayValue\.values\[0\])+: nested deeper than 256$/,
    )
  })

  it('of 100,000 arrays is refused, not a stack overflow', () => {
    expect(() => jsonToProtobuf('traces', nested(100_000))).toThrow(new MalformedBody('body: nested deeper than 4096'))
  })

  it('of 1,000 arrays in an unknown field is ignored, and brackets in a text do not count', () => {
    const colour = `${'['.repeat(1000)}${']'.repeat(1000)}`
    const name = '\\"['.repeat(10_000)
    expect(readBack(spanText(`{"colour":${colour},"name":${JSON.stringify(name)}}`))).toEqual({ name })
  })
})

it('takes a text of 10 MB', () => {
  const long = 'é"'.repeat(5_000_000)
  expect(throughProtobuf(value({ stringValue: long }))).toEqual(value({ stringValue: long }))
})
