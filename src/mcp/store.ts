import { tellsLengths } from '../contract/settings.ts'
import type { StartProcess } from '../engine/index.ts'
import { openBeside, type Beside } from '../engine/reading/beside.ts'
import { openReading, type Reading } from '../engine/reading/index.ts'
import type { Asking } from './asking.ts'
import { contentOf } from './content.ts'

export interface Store {
  /** Rejects with an Error in words where there is no database, or one of another version; the next one tries again. */
  readonly asking: () => Promise<Asking>
  readonly close: () => Promise<void>
}

export interface StoreGiven {
  readonly dataDir: string
  /** Where `last` is looked for first. */
  readonly folder: string
  /** Left out: Node's own child processes. */
  readonly startProcess?: StartProcess | undefined
}

/** A data folder that is opened when somebody asks, whether a Colophon runs on it or not. */
export function openStore({ dataDir, folder, startProcess }: StoreGiven): Store {
  let open: { readonly reading: Reading; readonly beside: Beside } | null = null
  const close = async (): Promise<void> => {
    const closed = open
    open = null
    closed?.reading.close()
    await closed?.beside.close()
  }
  return {
    asking: async () => {
      try {
        const { reading, beside } = (open ??= {
          reading: openReading(dataDir),
          beside: openBeside(dataDir, startProcess),
        })
        const { agents = tellsLengths } = await reading.ask('settings.read', {})
        return {
          ...beside,
          ask: reading.ask,
          find: (session) => reading.find(session, folder).id,
          agents,
          content: contentOf(agents),
          nowMs: Date.now(),
        }
      } catch (error) {
        // Another version may have brought it up to date, or put another in its place.
        await close()
        throw error
      }
    },
    close,
  }
}
