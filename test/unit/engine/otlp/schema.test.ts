import { describe, expect, it } from 'vitest'
import { requestType, responseType } from '../../../../src/engine/otlp/schema.ts'
import { signals } from './messages.ts'
import { attribute, field, nest, spanRequest } from './wire.ts'

describe('the OTLP messages', () => {
  it.each(signals)('know the request and the answer for %s', (signal) => {
    expect(requestType(signal).fullName).toMatch(
      /^\.opentelemetry\.proto\.collector\.\w+\.v1\.Export\w+ServiceRequest$/,
    )
    const rejected = { partialSuccess: { errorMessage: 'too old' } }
    const answer = responseType(signal).encode(responseType(signal).fromObject(rejected)).finish()
    // partial_success is field 1, error_message field 2 of it.
    expect(Buffer.from(answer)).toEqual(field(1, field(2, 'too old')))
  })

  it('reads values nested as deep as the limits may let through', () => {
    const maps = Array.from({ length: 3 * 255 }, (_, index) => [2, 1, 6][index % 3] ?? 0)
    const body = spanRequest(attribute(9, 'k', nest(field(1, 'deep'), maps)))
    expect(JSON.stringify(requestType('traces').decode(body))).toContain('deep')
  })
})
