import fc from 'fast-check'
import { expect, it, vi } from 'vitest'
import { jsonLine } from '../../../../src/cli/print.ts'
import { guarded } from '../../../../src/cli/terminal.ts'
import { cellsOf, cutTo } from '../../../../src/cli/text/cells.ts'
import { lineText, linesText, styled, wrapped } from '../../../../src/cli/text/line.ts'
import { screenOf } from '../../../../src/cli/text/screen.ts'
import { tableLines } from '../../../../src/cli/text/table.ts'

const screen = { width: 80, colour: false, unicode: true }

it('counts the columns that a terminal gives a text', () => {
  expect(cellsOf('npm test')).toBe(8)
  expect(cellsOf('日本語')).toBe(6)
  expect(cellsOf('e\u0301🚀👩‍👩‍👧')).toBe(5)
})

it('gives signs of Latin and its own the columns that they have beside others', () => {
  const sign = fc.oneof(
    fc.integer({ min: 0x20, max: 0x7e }),
    fc.integer({ min: 0xa1, max: 0x2ff }),
    fc.constantFrom(...[...'·…–—−→≥≤×“”’'].map((own) => own.charCodeAt(0))),
  )
  fc.assert(
    fc.property(fc.array(sign), fc.nat(20), (signs, most) => {
      const text = String.fromCharCode(...signs)
      expect(cellsOf(`${text}日`)).toBe(cellsOf(text) + 2)
      expect(cellsOf(cutTo(text, most, '…'))).toBe(Math.min(most, cellsOf(text)))
    }),
  )
})

it('takes a line of such signs apart without what knows all scripts, which takes long to make', async () => {
  vi.resetModules()
  const made = vi.spyOn(Intl, 'Segmenter')
  const anew = await import('../../../../src/cli/text/line.ts')
  const line = '$0.91 today · 80 % cached · 5 h window 41 % — “é” → ≥ ≤ × −'
  expect(anew.lineText([line], screen)).toBe(line)
  expect(anew.lineText([line], { ...screen, width: 12 })).toBe('$0.91 today…')
  expect(made).not.toHaveBeenCalled()
  made.mockRestore()
})

it('cuts no sign in two, and never beyond the room', () => {
  expect(cutTo('日本語', 5, '…')).toBe('日本…')
  expect(cutTo('日本語', 4, '…')).toBe('日…')
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.nat(20), (text, most) => {
      expect(cellsOf(cutTo(text, most, '…'))).toBeLessThanOrEqual(most)
    }),
  )
})

it('lets nothing of others act on the terminal, nor break the line', () => {
  const hostile = 'a\u001b]0;owned\u0007\u001b[2J\r\nb\u202ec\u009b31m'
  const plain = lineText([hostile], screen)
  expect(plain).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202e]/)
  const painted = lineText([styled('red', hostile)], { ...screen, colour: true })
  expect(painted.match(/\u001b/g)).toHaveLength(2)
  expect(linesText(wrapped(hostile, screen), screen).replaceAll('\n', '')).not.toMatch(
    /[\u0000-\u001f\u007f-\u009f\u202e]/,
  )
})

it('paints only where colours are taken', () => {
  expect(lineText([styled('green', 'live')], screen)).toBe('live')
  expect(lineText([styled('green', 'live')], { ...screen, colour: true })).toBe('\u001b[32mlive\u001b[0m')
})

it('shows in a locale without them what stands for signs beyond ASCII', () => {
  expect(lineText(['$1 · 62 % “é”…'], { ...screen, unicode: false })).toBe('$1 - 62 % "?"...')
})

it('guards a stream: nothing acts, and eyes get no signs that their locale does not have', () => {
  const said = 'no “ě[31m”\u001b[31m\n\tdone…\n'
  expect(guarded(true, { unicode: false })(said)).toBe('no "?[31m"\\u001b[31m\n\tdone...\n')
  for (const unicode of [true, false])
    expect(guarded(unicode, { unicode })(said)).toBe('no “ě[31m”\\u001b[31m\n\tdone…\n')
})

it('prints the same JSON in every locale, in ASCII where it has no signs beyond', () => {
  const value = { id: 'a', folder: null, command: 'ě “日本語” \u{1f600} \u009b' }
  const line = jsonLine('resume', value, { unicode: false })
  expect(line).toMatch(/^[\u0020-\u007e]+\n$/)
  expect(JSON.parse(line)).toEqual(value)
  expect(jsonLine('resume', value, { unicode: true })).toContain('日本語')
})

it('fits a table into the screen: the flexible column gives way, and columns for wide ones go', () => {
  const rows = [{ name: '日本語 '.repeat(40), id: '0123456789abc' }]
  for (const width of [60, 80, 200]) {
    const at = { ...screen, width }
    const lines = tableLines(
      rows,
      [
        { head: 'name', cell: ({ name }) => name, flexible: true },
        { head: 'wide', cell: () => 'w', from: 100 },
        { head: 'id', cell: ({ id }) => id, right: true },
      ],
      at,
    ).map((line) => lineText(line, at))
    for (const line of lines) expect(cellsOf(line)).toBeLessThanOrEqual(width)
    expect(lines[1]).toContain('0123456789abc')
    expect(lines[0]?.includes('wide')).toBe(width === 200)
  }
})

it.each([
  [
    { isTTY: true, columns: 100 },
    { TERM: 'xterm', LANG: 'de_AT.UTF-8' },
    { width: 100, colour: true, unicode: true },
  ],
  [
    { isTTY: true, columns: 100 },
    { TERM: 'dumb', LANG: 'C' },
    { width: 100, colour: false, unicode: false },
  ],
  [{ isTTY: true }, { NO_COLOR: '1', FORCE_COLOR: '1' }, { width: 80, colour: false, unicode: false }],
  [{ isTTY: true }, { NO_COLOR: '', LC_ALL: 'C', LANG: 'en_US.UTF-8' }, { width: 80, colour: true, unicode: false }],
  [{}, { FORCE_COLOR: '1', LC_CTYPE: 'C.utf8' }, { width: 80, colour: true, unicode: true }],
  [{}, { FORCE_COLOR: '0', COLUMNS: '200' }, { width: 200, colour: false, unicode: false }],
  [{}, { COLUMNS: 'wide' }, { width: 80, colour: false, unicode: false }],
])('reads off %j and %j what the place can show', (stream, env, expected) => {
  expect(screenOf(stream, env, 'linux')).toEqual(expected)
})
