import { describe, expect, it } from 'vitest'
import { colourOf, valueOf } from '../../../../src/renderer/waterfall/colour-by.ts'
import { baseColour, hueOf, hues } from '../../../../src/renderer/waterfall/palette.ts'
import { treeRow } from './tree-rows.ts'

/** Relative luminance (WCAG 2.2). */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

function contrast(a: string, b: string): number {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y)
  return (light + 0.05) / (dark + 0.05)
}

describe('hues for values', () => {
  it.each([
    ['light', '#ffffff'],
    ['dark', '#191a1c'],
  ] as const)('stand out from the surface, %s', (theme, surface) => {
    expect(new Set(hues[theme]).size).toBe(hues[theme].length)
    for (const hue of hues[theme]) expect(contrast(hue, surface), hue).toBeGreaterThanOrEqual(3)
  })

  it('are as many in both themes, and the same for the same value', () => {
    expect(hues.dark).toHaveLength(hues.light.length)
    expect(hueOf('gpt-5.5')).toBe(hueOf('gpt-5.5'))
    const used = new Set(Array.from({ length: 200 }, (_, n) => hueOf(`tool ${n}`)))
    expect(used.size).toBe(hues.light.length)
  })
})

it('a call that was broken off, of which nothing tells what it did, has the colour of nothing', () => {
  expect(baseColour(treeRow('a', { kind: 'tool_call', status: 'cancelled', parts: [] }))).toBe('--idle')
  expect(baseColour(treeRow('a', { kind: 'tool_call', status: 'ok', parts: [] }))).toBe('--tool')
})

describe('colouring', () => {
  const call = treeRow('a', { kind: 'api_call', detail: 'gpt-5.5 · 9.2k in, 50 % cached', sessionId: 'one' })

  it('takes the value of the attribute that was chosen', () => {
    expect(valueOf(call, 'model')).toBe('gpt-5.5')
    expect(valueOf(call, 'session')).toBe('one')
    expect(valueOf(treeRow('exec_command'), 'tool')).toBe('exec_command')
    expect(valueOf(treeRow('x', { kind: 'raw', label: 'run_turn' }), 'name')).toBe('run_turn')
  })

  it('leaves the parts of a bar by kind, and steps back where there is no value', () => {
    expect(colourOf(call, 'kind')).toBeNull()
    expect(colourOf(call, 'tool')).toBe('--idle')
    expect(colourOf(treeRow('a', { status: 'error' }), 'status')).toBe('--error')
  })
})
