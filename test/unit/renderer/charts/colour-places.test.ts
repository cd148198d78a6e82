import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { forgetPlaces, placeOf } from '../../../../src/renderer/charts/colour-places.ts'

describe('the place of a name among the colours', () => {
  const kept = new Map<string, string>()
  beforeEach(() => {
    vi.stubGlobal('localStorage', {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
    })
  })
  afterEach(() => {
    vi.unstubAllGlobals()
    kept.clear()
    forgetPlaces()
  })

  it('stays after a reload, in whatever order names are drawn then', () => {
    expect(['b', 'a', 'b'].map((name) => placeOf('tool', name))).toEqual([0, 1, 0])
    expect(placeOf('model', 'a')).toBe(0)
    forgetPlaces()
    expect(['c', 'a', 'b'].map((name) => placeOf('tool', name))).toEqual([2, 1, 0])
  })

  it('is given anew where what was kept is something else, and holds without any storage', () => {
    kept.set('colophon.colours', '[1')
    expect(placeOf('tool', 'x')).toBe(0)
    forgetPlaces()
    vi.stubGlobal('localStorage', undefined)
    expect(['x', 'y', 'x'].map((name) => placeOf('tool', name))).toEqual([0, 1, 0])
  })
})
