import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { checkEncoding } from '../../../../src/engine/otlp/other-encoding.ts'

test('a body that its headers say something else of is refused in words of what to change', () => {
  const json = Buffer.from('{"resourceLogs":[]}')
  expect(() => {
    checkEncoding(json, 'protobuf')
  }).toThrow('send it as application/json')
  for (const encoding of ['json', 'protobuf'] as const) {
    expect(() => {
      checkEncoding(gzipSync(json), encoding)
    }).toThrow('Content-Encoding')
    checkEncoding(Buffer.alloc(0), encoding)
  }
  checkEncoding(json, 'json')
  checkEncoding(Buffer.from([10, 0]), 'protobuf')
})
