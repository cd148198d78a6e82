import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { pretty, tokens } from '../../../../src/renderer/format/json.ts'

describe('JSON for reading', () => {
  it('indents objects and lists, and leaves every other text alone', () => {
    expect(pretty('{"a":1}')).toEqual({ text: '{\n  "a": 1\n}', json: true })
    for (const text of ['plain', '{ broken', '12', '"quoted"']) expect(pretty(text)).toEqual({ text, json: false })
  })

  it('tells keys from strings, numbers and words', () => {
    const kinds = tokens('{"cmd": "npm \\"test\\"", "ms": -2e3, "ok": true}').filter(({ kind }) => kind !== 'mark')
    expect(kinds).toEqual([
      { kind: 'key', text: '"cmd"' },
      { kind: 'string', text: '"npm \\"test\\""' },
      { kind: 'key', text: '"ms"' },
      { kind: 'number', text: '-2e3' },
      { kind: 'key', text: '"ok"' },
      { kind: 'word', text: 'true' },
    ])
  })

  it('loses nothing: the pieces together are the text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string()), (text) => {
        expect(
          tokens(text)
            .map((token) => token.text)
            .join(''),
        ).toBe(text)
      }),
    )
  })
})
