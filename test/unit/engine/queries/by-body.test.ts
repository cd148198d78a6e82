import { describe, expect, it } from 'vitest'
import { byBody } from '../../../../src/engine/queries/by-body.ts'

/** Entry by entry: the body it came in and its place there. Bodies 7 and 9, none of 8; the later ones of a body need not stand after. */
const bodies = [9, 7, 9, 7, 9]
const places = [400, 20, 100, 10, 300]

describe('entries by their bodies', () => {
  const of = byBody(Int32Array.from(bodies), Uint32Array.from(places))

  it('are told in the order of their table', () => {
    expect([...of.bodies]).toEqual([7, 9])
    const all = Uint32Array.from(places)
    expect(of.entriesAt(0, all)).toEqual([1, 3])
    expect(of.entriesAt(1, all)).toEqual([0, 2, 4])
  })

  it('are found by few places and by many, and what stands elsewhere is passed over', () => {
    expect(of.entriesAt(1, Uint32Array.of(100, 400))).toEqual([0, 2])
    expect(of.entriesAt(0, Uint32Array.of(5, 10, 400))).toEqual([3])
    const many = Uint32Array.from({ length: 40 }, (_, i) => i * 10)
    expect(of.entriesAt(1, many)).toEqual([2, 4])
    expect(of.entriesAt(0, many)).toEqual([1, 3])
    expect(of.entriesAt(0, new Uint32Array())).toEqual([])
  })

  it('are none of none', () => {
    const none = byBody(new Int32Array(), new Uint32Array())
    expect([...none.bodies, ...none.entriesAt(0, Uint32Array.of(1))]).toEqual([])
  })
})
