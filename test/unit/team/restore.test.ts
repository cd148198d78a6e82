import { describe, expect, test } from 'vitest'
import type { OtlpJson } from '../../../src/engine/otlp/read-message.ts'
import { attributesToObject } from '../../../src/engine/otlp/to-json.ts'
import { restoreAttributes, type StoredAttributes } from '../../../src/team/records/restore.ts'

const conversation = '01a1f84d-ef39-7de3-b9af-1495281b53f6'

/** What the ingest makes of them: of a key that stands twice the last counts. */
const read = (stored: StoredAttributes) => ({
  ...attributesToObject(restoreAttributes(stored) as unknown as OtlpJson),
})

/** As many attributes as a row has beside those in question. */
const others = (count: number): [string, string][] =>
  Array.from({ length: count }, (_, i): [string, string] => [`a${String(i).padStart(2, '0')}`, String(i)])

describe('attributes of a Map', () => {
  test('an OS thread is a number and a conversation is text', () => {
    expect(read([['thread.id', '7']])).toEqual({ 'thread.id': 7 })
    expect(read([['thread.id', conversation]])).toEqual({ 'thread.id': conversation })
  })

  test.each([2, 12, 14, 15, 16, 17, 21])('what Codex said last of a key counts, in a row of %i', (length) => {
    for (const [key, first, last] of [
      ['thread.id', '7', conversation],
      ['outcome', 'interrupted', 'failed'],
      ['aborted', 'false', 'true'],
    ] as const) {
      const beside = others(length - 2)
      expect(read([...beside, [key, first], [key, last]])[key]).toBe(last)
      expect(read([...beside, [key, last], [key, first]])[key]).toBe(last)
    }
  })

  test('of another key the order is as it was seen: kept in short rows, turned round in long ones', () => {
    const doubled: [string, string][] = [
      ['key', 'a'],
      ['key', 'b'],
    ]
    expect(read([...others(10), ...doubled])['key']).toBe('b')
    expect(read([...others(15), ...doubled])['key']).toBe('a')
  })

  test('text stays text, whatever it looks like', () => {
    expect(read([['arguments', '{"cmd":["ls"]}']])).toEqual({ arguments: '{"cmd":["ls"]}' })
  })
})

describe('attributes of a JSON column', () => {
  test('paths are keys again, and values have their types', () => {
    const text = '{"conversation":{"id":"x"},"attempt":2,"ttft":0.5,"success":true,"list":["a",1],"none":null}'
    expect(read(text)).toEqual({
      'conversation.id': 'x',
      attempt: 2,
      ttft: 0.5,
      success: true,
      list: ['a', 1],
      none: null,
    })
  })

  test('a number beyond 2^53 keeps its digits', () => {
    expect(read('{"big":9223372036854775807}')).toEqual({ big: '9223372036854775807' })
  })
})
