import { tellsLengths } from '../contract/settings.ts'
import { openReading, type Reading } from '../engine/reading/index.ts'
import type { Asking } from './asking.ts'
import { contentOf } from './content.ts'

export interface Store {
  /** Rejects with an Error in words where there is no database, or one of another version; the next one tries again. */
  readonly asking: () => Promise<Asking>
  readonly close: () => void
}

/** A data folder that is opened when somebody asks, whether a Colophon runs on it or not. `folder`: where `last` is looked for first. */
export function openStore(dataDir: string, folder: string): Store {
  let open: Reading | null = null
  const close = (): void => {
    open?.close()
    open = null
  }
  return {
    asking: async () => {
      try {
        const reading = (open ??= openReading(dataDir))
        const { agents = tellsLengths } = await reading.ask('settings.read', {})
        return {
          ask: reading.ask,
          find: (session) => reading.find(session, folder).id,
          content: contentOf(agents),
          nowMs: Date.now(),
        }
      } catch (error) {
        // Another version may have brought it up to date, or put another in its place.
        close()
        throw error
      }
    },
    close,
  }
}
