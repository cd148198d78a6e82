import { describe, expect, it } from 'vitest'
import type { Signal } from '../../../../src/model/signal.ts'
import { cutToLimits, defaultLimits } from '../../../../src/engine/otlp/limits.ts'
import { MalformedBody } from '../../../../src/engine/otlp/malformed.ts'
import type { OtlpObject } from '../../../../src/engine/otlp/read-message.ts'
import { captured, requestToJson, signals } from './messages.ts'
import { attribute, field, logRequest, nest, spanRequest, varintField } from './wire.ts'

const nothing = Buffer.alloc(0)

const record = (signal: Signal, body: Uint8Array) => {
  const request = JSON.stringify(requestToJson(signal, body))
  const lists = /^\{"resource\w+":\[\{"scope\w+":\[\{"\w+":\[(.*)\]\}\]\}\]\}$/.exec(request)
  return JSON.parse(lists?.[1] ?? 'null') as OtlpObject
}

describe.each(signals)('%s within the limits', (signal) => {
  it('are the same bytes, not even copied', () => {
    const body = captured(`codex-${signal}.pb`)
    const result = cutToLimits(signal, body, defaultLimits)
    expect(result.body).toBe(body)
    expect(result.cut).toBe(0)
  })
})

describe('a long text', () => {
  it('of 10 MB is cut, says by how much, and leaves its neighbours alone', () => {
    const body = spanRequest(
      field(5, 'name'),
      attribute(9, 'long', field(1, 'x'.repeat(10 * 1024 * 1024))),
      attribute(9, 'short', field(1, 'y')),
      varintField(6, 3),
    )
    const result = cutToLimits('traces', body, defaultLimits)
    expect(result.cut).toBe(1)
    expect(result.body.length).toBeLessThan(defaultLimits.maxStringBytes + 100)
    const kept = defaultLimits.maxStringBytes - 40
    const long = `${'x'.repeat(kept)} [cut by Colophon: ${10 * 1024 * 1024 - kept} bytes]`
    expect(record('traces', result.body)).toEqual({
      name: 'name',
      kind: 3,
      attributes: [
        { key: 'long', value: { stringValue: long } },
        { key: 'short', value: { stringValue: 'y' } },
      ],
    })
  })

  it.each(['é', '€', '🖋'])('of %s is cut between characters', (character) => {
    for (let shift = 0; shift < 4; shift++) {
      const body = logRequest(field(5, field(1, 'a'.repeat(shift) + character.repeat(50))))
      const { body: cut } = cutToLimits('logs', body, { ...defaultLimits, maxStringBytes: 60 })
      const { stringValue } = record('logs', cut).body as { stringValue: string }
      expect(stringValue).toMatch(new RegExp(`^a{${shift}}(${character})+ \\[cut by Colophon: \\d+ bytes\\]$`, 'u'))
      const bytes = Number(/\d+/.exec(stringValue)?.[0])
      const kept = Buffer.byteLength(stringValue.replace(/ \[.*/, ''))
      expect(kept + bytes).toBe(shift + 50 * Buffer.byteLength(character))
    }
  })

  it('that is a bytes value, a name or a key is cut too', () => {
    const limits = { ...defaultLimits, maxStringBytes: 60 }
    const long = 'z'.repeat(100)
    const body = spanRequest(field(5, long), attribute(9, long, field(7, long)))
    const result = cutToLimits('traces', body, limits)
    const cut = `${'z'.repeat(20)} [cut by Colophon: 80 bytes]`
    expect(result.cut).toBe(3)
    expect(record('traces', result.body)).toEqual({
      name: cut,
      attributes: [{ key: cut, value: { bytesValue: Buffer.from(cut).toString('base64') } }],
    })
  })
})

describe('too many attributes', () => {
  const many = (number: number, count: number) =>
    Array.from({ length: count }, (_, index) => attribute(number, `k${index}`, varintMember(index)))
  const varintMember = (value: number) => varintField(3, value)

  it('are dropped from the end, and added to what the sender dropped', () => {
    const body = spanRequest(...many(9, 1100), varintField(10, 5), field(5, 'name'))
    const result = cutToLimits('traces', body, defaultLimits)
    expect(result.cut).toBe(76)
    const span = record('traces', result.body)
    expect(span).toMatchObject({ name: 'name', droppedAttributesCount: 81 })
    expect(span.attributes).toEqual(record('traces', spanRequest(...many(9, 1024))).attributes)
  })

  it('are dropped wherever they are', () => {
    const [first = nothing, second = nothing, third = nothing] = many(9, 3)
    const body = spanRequest(first, second, field(5, 'name'), third, field(3, 'state'))
    const result = cutToLimits('traces', body, { ...defaultLimits, maxAttributes: 0 })
    expect(result.cut).toBe(3)
    expect(Buffer.from(result.body)).toEqual(spanRequest(field(5, 'name'), field(3, 'state'), varintField(10, 3)))
  })

  it('are counted for each event by itself', () => {
    const event = (count: number) => field(11, Buffer.concat(many(3, count)))
    const body = spanRequest(...many(9, 1000), event(1000), event(1025), event(1000))
    const result = cutToLimits('traces', body, defaultLimits)
    expect(result.cut).toBe(1)
    const { events } = record('traces', result.body)
    expect((events as OtlpObject[]).map((each) => each.droppedAttributesCount)).toEqual([undefined, 1, undefined])
  })

  it('of a data point are dropped, which has no count of them', () => {
    const metric = nest(Buffer.concat(many(7, 1030)), [1, 5])
    const result = cutToLimits('metrics', nest(metric, [2, 2, 1]), defaultLimits)
    expect(result.cut).toBe(6)
    expect(Buffer.from(result.body)).toEqual(nest(nest(Buffer.concat(many(7, 1024)), [1, 5]), [2, 2, 1]))
  })

  it('inside a map are no attributes of the record', () => {
    const body = spanRequest(attribute(9, 'map', field(6, Buffer.concat(many(1, 2000)))))
    expect(cutToLimits('traces', body, defaultLimits).body).toBe(body)
  })
})

describe('nesting', () => {
  const arrays = (depth: number, inner = field(1, 'deep')) =>
    nest(
      inner,
      Array.from({ length: 2 * depth }, (_, index) => (index % 2 === 0 ? 1 : 5)),
    )
  const maps = (depth: number) =>
    nest(
      field(1, 'deep'),
      Array.from({ length: 3 * depth }, (_, index) => [2, 1, 6][index % 3] ?? 0),
    )
  const marker = field(1, '[cut by Colophon: nested deeper than 64]')

  it('of 64 stays', () => {
    const body = spanRequest(attribute(9, 'k', arrays(64)))
    expect(cutToLimits('traces', body, defaultLimits).body).toBe(body)
  })

  it.each([65, 200, 100_000])('of %d arrays becomes a text at the 65th', (depth) => {
    const body = spanRequest(attribute(9, 'k', arrays(depth)), field(5, 'name'))
    const result = cutToLimits('traces', body, defaultLimits)
    expect(result.cut).toBe(1)
    expect(Buffer.from(result.body)).toEqual(spanRequest(attribute(9, 'k', arrays(64, marker)), field(5, 'name')))
    expect(cutToLimits('traces', result.body, defaultLimits).body).toBe(result.body)
  })

  it.each([65, 200, 100_000])('of %d maps in a log body becomes a text at the 65th', (depth) => {
    const result = cutToLimits('logs', logRequest(field(5, maps(depth))), defaultLimits)
    expect(result.cut).toBe(1)
    expect(JSON.stringify(record('logs', result.body)).match(/kvlistValue/g)).toHaveLength(64)
    expect(JSON.stringify(record('logs', result.body))).toContain('nested deeper than 64')
  })

  it('of empty arrays is found as well', () => {
    const body = spanRequest(attribute(9, 'k', arrays(64, field(5, ''))))
    expect(cutToLimits('traces', body, defaultLimits).cut).toBe(1)
  })

  it('counts a value once, whatever else was cut in it', () => {
    const limits = { ...defaultLimits, maxStringBytes: 60 }
    const twofold = Buffer.concat([field(1, 'x'.repeat(100)), arrays(1)])
    const result = cutToLimits('traces', spanRequest(attribute(9, 'k', arrays(64, twofold))), limits)
    expect(result.cut).toBe(1)
    expect(Buffer.from(result.body)).toEqual(spanRequest(attribute(9, 'k', arrays(64, marker))))
  })

  it('is bounded for any limit that is set', () => {
    const result = cutToLimits('traces', spanRequest(attribute(9, 'k', arrays(100_000))), {
      ...defaultLimits,
      maxDepth: 1_000_000,
    })
    expect(JSON.stringify(record('traces', result.body))).toContain('nested deeper than 255')
  })
})

it('copies unknown fields of a body that it cuts byte for byte', () => {
  const unknown = Buffer.concat([field(77, 'later'), varintField(78, 300), field(6, 'not the type of kind')])
  const limits = { ...defaultLimits, maxAttributes: 1 }
  const first = attribute(9, 'a', field(1, 'x'.repeat(300)))
  const body = spanRequest(unknown, first, attribute(9, 'b', field(1, 'y')), unknown)
  const { body: cut } = cutToLimits('traces', body, limits)
  expect(Buffer.from(cut)).toEqual(spanRequest(unknown, first, unknown, varintField(10, 1)))
})

describe.each(signals)('malformed %s', (signal) => {
  it('are refused with the offset', () => {
    const body = captured(`codex-${signal}.pb`)
    for (let length = 1; length < body.length; length += 997) {
      expect(() => cutToLimits(signal, body.subarray(0, length), defaultLimits)).toThrow(MalformedBody)
      expect(() => cutToLimits(signal, body.subarray(0, length), defaultLimits)).toThrow(/at byte \d+$/)
    }
  })
})
