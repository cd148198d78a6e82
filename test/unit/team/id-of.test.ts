import { expect, test } from 'vitest'
import { idOf } from '../../../src/team/records/id-of.ts'

test('an id is so many hexadecimal digits, with the zeros that it may have lost, and anything else is none', () => {
  expect(idOf('00f067aa0ba902b7', 16)).toBe('00f067aa0ba902b7')
  expect(idOf('f067aa0ba902b7', 16)).toBe('00f067aa0ba902b7')
  expect(idOf('4bf92f3577b34da6a3ce929d0e0e4736', 32)).toBe('4bf92f3577b34da6a3ce929d0e0e4736')
  for (const none of ['', 'not-an-id', '00f067aa0ba902b7f', ' f067aa0ba902b7', '0x67aa'])
    expect(idOf(none, 16)).toBe('')
})
