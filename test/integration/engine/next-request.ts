import { expect } from 'vitest'
import type { UnderTest } from './engine-under-test.ts'
import { promptOf } from './requests.ts'

let good = 0

/** Whatever came before, an ordinary request is stored and makes its session. */
export async function expectNextIsStored(engine: UnderTest): Promise<void> {
  const id = `good-${++good}`
  expect((await engine.post(promptOf(id))).status).toBe(200)
  await engine.settled()
  expect(await engine.ask('session.get', { id })).toMatchObject({ prompts: 1, logCount: 1 })
}
