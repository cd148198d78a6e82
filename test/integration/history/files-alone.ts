import type { Reader } from '../../../src/engine/queries/index.ts'
import { inTemporaryFolder } from '../engine/engine-under-test.ts'
import { openStore, type StoreUnderTest } from '../engine/store-under-test.ts'
import type { RolloutRun } from '../../rollouts.ts'
import { inTemporaryHome } from './rollout-facts.ts'
import { storeHome } from './stored-home.ts'

/** Asks a store that nothing but the session files of a run have told of; `change` may write to them before. */
export async function fromFiles(
  run: RolloutRun,
  ask: (reader: Reader, store: StoreUnderTest) => void | Promise<void>,
  change: (home: string) => void = () => undefined,
): Promise<void> {
  await inTemporaryFolder(async (dataDir) => {
    const store = openStore(dataDir)
    await inTemporaryHome(async (home) => {
      run.unpackInto(home)
      change(home)
      await storeHome(store.db, home)
      store.settle()
      await ask(store.reader, store)
    })
    store.close()
  })
}
