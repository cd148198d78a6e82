import { expect, test } from 'vitest'
import { v8Switches } from '../src/engine/v8-fault.ts'

test('the process of every test runs with the switches that keep V8 from ending it', () => {
  expect(process.execArgv).toEqual(expect.arrayContaining([...v8Switches]))
})
