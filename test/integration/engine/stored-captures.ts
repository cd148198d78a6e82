import { inTemporaryFolder } from './engine-under-test.ts'
import { loadCapture } from '../../captures.ts'
import { openStore, type StoreUnderTest } from './store-under-test.ts'

export interface StoredCaptures extends StoreUnderTest {
  /** The ids of the first capture's user session and of its helpers. */
  readonly user: string
  readonly helpers: readonly string[]
}

/** A store with the captures, settled, for as long as `run` takes. */
export function withCaptures<T>(names: readonly string[], run: (store: StoredCaptures) => T): Promise<T> {
  return inTemporaryFolder((dataDir) => {
    const store = openStore(dataDir)
    try {
      const captures = names.map(loadCapture)
      for (const { bodies } of captures) for (const body of bodies) store.store(body)
      store.settle()
      const conversations = captures[0]?.conversations ?? []
      const user = conversations.find(({ kind }) => kind === 'user')?.conversation ?? ''
      const helpers = conversations.filter(({ kind }) => kind !== 'user').map(({ conversation }) => conversation)
      return run({ ...store, user, helpers })
    } finally {
      store.close()
    }
  })
}
