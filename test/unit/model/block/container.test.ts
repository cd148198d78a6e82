import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { packBlock, packTexts, textAt, unpackBlock } from '../../../../src/model/block/container.ts'

describe('a block of columns', () => {
  it('gives back meta and columns of every type, also from bytes that lie anywhere in a buffer', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ noNaN: true })),
        fc.array(fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 })),
        fc.array(fc.nat({ max: 2 ** 32 - 1 })),
        fc.array(fc.nat({ max: 255 })),
        fc.string({ unit: 'grapheme' }),
        fc.nat({ max: 9 }),
        (doubles, ints, uints, bytes, note, shift) => {
          const block = packBlock(
            { note },
            {
              doubles: Float64Array.from(doubles),
              ints: Int32Array.from(ints),
              bytes: Uint8Array.from(bytes),
              uints: Uint32Array.from(uints),
            },
          )
          const moved = new Uint8Array(block.length + shift)
          moved.set(block, shift)
          const { meta, column } = unpackBlock<{ note: string }>(moved.subarray(shift))
          expect(meta.note).toBe(note)
          expect([...column('doubles', 'f64')]).toEqual(doubles)
          expect([...column('ints', 'i32')]).toEqual(ints)
          expect([...column('uints', 'u32')]).toEqual(uints)
          expect([...column('bytes', 'u8')]).toEqual(bytes)
        },
      ),
    )
  })

  it('says what is wrong with bytes that are none, with an early end and with a column that is not there', () => {
    expect(() => unpackBlock(new Uint8Array(3))).toThrow('not a block')
    expect(() => unpackBlock(Uint8Array.of(255, 255, 255, 255, 0))).toThrow('not a block')
    const block = packBlock({}, { many: new Float64Array(100) })
    expect(() => unpackBlock(block.subarray(0, 200))).toThrow('ends early')
    const { column } = unpackBlock(block)
    expect(() => column('few', 'f64')).toThrow('no column few')
    expect(() => column('many', 'u8')).toThrow('no column many of type u8')
  })

  it('keeps texts of any length and script', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' })), (texts) => {
        const { units, ends } = packTexts(texts)
        expect(texts.map((_, i) => textAt(units, ends, i))).toEqual(texts)
      }),
    )
    const long = 'abc€'.repeat(20_000)
    const { units, ends } = packTexts(['', long])
    expect(textAt(units, ends, 1)).toBe(long)
  })
})
