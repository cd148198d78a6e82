import { deflateRawSync, zstdCompressSync } from 'node:zlib'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compress, decompress } from '../../../../src/engine/store/compression.ts'

test('any bytes come back as they were', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 500 }), fc.nat(20), (bytes, times) => {
      const body = Buffer.concat(Array.from({ length: times + 1 }, () => bytes))
      const packed = compress(body)
      expect(packed.bytes.length).toBeLessThanOrEqual(body.length)
      expect(decompress(packed.codec, Buffer.from(packed.bytes)).equals(body)).toBe(true)
    }),
  )
})

test('what does not become smaller is kept as it is', () => {
  expect(compress(Buffer.from('x'))).toEqual({ codec: 0, bytes: Buffer.from('x') })
})

test('what repeats itself becomes much smaller', () => {
  expect(compress(Buffer.from('codex '.repeat(1000))).bytes.length).toBeLessThan(200)
})

/** The numbers stand in databases that are out in the world. */
test.each([
  { codec: 0, pack: (bytes: Buffer) => bytes },
  { codec: 1, pack: (bytes: Buffer) => deflateRawSync(bytes) },
  { codec: 2, pack: (bytes: Buffer) => zstdCompressSync(bytes) },
])('codec $codec is read whichever of them this runtime writes', ({ codec, pack }) => {
  const bytes = Buffer.from('codex '.repeat(100))
  expect(decompress(codec, pack(bytes)).equals(bytes)).toBe(true)
})

test('a codec of the future is refused', () => {
  expect(() => decompress(9, Buffer.from('x'))).toThrow('unknown codec 9')
})
