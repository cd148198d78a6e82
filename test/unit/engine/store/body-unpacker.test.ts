import { randomBytes } from 'node:crypto'
import zlib from 'node:zlib'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { bodyUnpacker } from '../../../../src/engine/store/body-unpacker.ts'
import { compress, decompress } from '../../../../src/engine/store/compression.ts'

const text = (length: number, salt: string): Buffer =>
  Buffer.from(Array.from({ length: Math.ceil(length / 24) }, (_, i) => `${salt} codex.tool_${i * 7919}`).join(' '))
const packed = (body: Buffer) => {
  const { codec, bytes } = compress(body)
  return { codec, bytes: Buffer.from(bytes), size: body.length, body }
}
/** Short and long ones in turn, one that cannot be packed, and one that is too long to share its memory. */
const bodies = [20, 300_000, 3, 70_000, 2_000_000, 500, 5_000_000, 100]
  .map((length, i) => packed(text(length, `body ${i}`)))
  .toSpliced(3, 0, packed(randomBytes(5000)))

describe('bodies that are unpacked one after the other', () => {
  afterEach(() => {
    vi.restoreAllMocks()
  })

  it('are what they were, and none makes a decoder of its own', () => {
    const each = vi.spyOn(zlib, 'zstdDecompressSync')
    const unpacker = bodyUnpacker()
    for (const { codec, bytes, size, body } of bodies)
      expect(unpacker.unpack(codec, bytes, size).equals(body)).toBe(true)
    unpacker.close()
    // The one that is too long.
    expect(each).toHaveBeenCalledTimes(1)
  })

  it.each<[string, (bytes: Buffer) => Buffer]>([
    ['broken in the middle', (bytes) => Buffer.concat([bytes.subarray(0, 40), randomBytes(60), bytes.subarray(100)])],
    ['cut off', (bytes) => bytes.subarray(0, bytes.length - 9)],
    ['no pack at all', () => Buffer.from('nothing of the kind')],
  ])('one that is %s fails as it does alone, and the next ones are whole', (_, harm) => {
    const unpacker = bodyUnpacker()
    const [, good] = bodies
    if (good === undefined) throw new Error('no body')
    const harmed = harm(good.bytes)
    let alone: unknown
    try {
      decompress(good.codec, harmed, good.size)
    } catch (error) {
      alone = error
    }
    expect(alone).toBeInstanceOf(Error)
    expect(() => unpacker.unpack(good.codec, harmed, good.size)).toThrow(String((alone as Error).message))
    for (const { codec, bytes, size, body } of bodies)
      expect(unpacker.unpack(codec, bytes, size).equals(body)).toBe(true)
    unpacker.close()
  })

  it('one whose length was noted wrongly comes out whole', () => {
    const unpacker = bodyUnpacker()
    const [, good] = bodies
    if (good === undefined) throw new Error('no body')
    for (const size of [good.size - 1, good.size + 1, 0])
      expect(unpacker.unpack(good.codec, good.bytes, size).equals(good.body)).toBe(true)
    unpacker.close()
  })
})
