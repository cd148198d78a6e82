import { expect, it } from 'vitest'
import { portOf } from '../../../../src/renderer/format/text.ts'

it('finds the port of any address', () => {
  expect(['127.0.0.1:4317', '[::1]:4318'].map(portOf)).toEqual(['4317', '4318'])
})
