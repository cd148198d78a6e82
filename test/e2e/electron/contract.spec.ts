import type { Page } from '@playwright/test'
import type { Bridge } from '../../../src/contract/bridge.ts'
import type { Changed } from '../../../src/contract/changes.ts'
import type { Params, ProcedureName } from '../../../src/contract/index.ts'
import { contractCases } from '../../contract/cases.ts'
import { oneApp, test } from './app.ts'

const started = oneApp()
let bridge: Promise<Bridge> | null = null

/** The bridge of the preload script, called from inside the page. */
async function bridgeOf(page: Page): Promise<Bridge> {
  const listeners = new Set<(changed: Changed) => void>()
  await page.exposeFunction('tellTest', (changed: Changed) => {
    for (const listener of listeners) listener(changed)
  })
  await page.evaluate(() => {
    const page = window as unknown as { colophon: Bridge; tellTest: (changed: Changed) => void }
    page.colophon.subscribe((changed) => page.tellTest(changed))
  })
  return {
    invoke: <N extends ProcedureName>(name: N, params: Params<N>) =>
      page.evaluate(
        ([called, given]) => (window as unknown as { colophon: Bridge }).colophon.invoke(called, given as never),
        [name, params] as const,
      ),
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

for (const { name, run } of contractCases) {
  test(`over IPC: ${name}`, async () => {
    await run(await (bridge ??= bridgeOf(started().page)))
  })
}
