import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { paint } from '../../../../src/renderer/charts/colours.ts'
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

  it('gives each name the same colour after ten reloads, whichever charts come first and whatever stands in them', () => {
    const colours = {
      ...{
        tones: new Map([['accent', 'blue']]),
        hues: ['red', 'teal', 'violet', 'amber', 'green'],
        text: '',
        faint: '',
      },
      ...{ line: '', lineSoft: '', surface: '', onTone: '', error: '' },
    }
    const charts = [['gpt-a', 'gpt-b', 'gpt-c'], ['gpt-c', 'gpt-a'], ['gpt-b', 'gpt-d'], ['gpt-d']]
    const painted = (order: readonly (readonly string[])[]): [string, string][] =>
      order.flatMap((names) => {
        const paints = paint(
          colours,
          names.map((name) => ({ name, tone: undefined })),
          'family',
        )
        return names.map((name, index): [string, string] => [name, paints[index] ?? ''])
      })
    const first = new Map(painted(charts))
    expect(new Set(first.values()).size).toBe(4)
    for (let reload = 0; reload < 10; reload++) {
      forgetPlaces()
      const turned = [...charts.slice(reload % 4), ...charts.slice(0, reload % 4)].map((names) =>
        reload % 2 === 0 ? names : names.toReversed(),
      )
      for (const [name, colour] of painted(turned)) expect(colour, `${name}, reload ${reload}`).toBe(first.get(name))
    }
  })

  it('is given anew where what was kept is something else, and holds without any storage', () => {
    kept.set('colophon.colours', '[1')
    expect(placeOf('tool', 'x')).toBe(0)
    forgetPlaces()
    vi.stubGlobal('localStorage', undefined)
    expect(['x', 'y', 'x'].map((name) => placeOf('tool', name))).toEqual([0, 1, 0])
  })
})
