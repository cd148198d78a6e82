import { tellsLengths } from '../contract/settings.ts'
import type { StartProcess } from '../engine/index.ts'
import type { Beside } from '../engine/reading/beside.ts'
import type { Reading } from '../engine/reading/index.ts'
import type { Asking } from './asking.ts'
import { contentOf } from './content.ts'
import type { Footer } from './footer/footer.ts'
import { storeFooter } from './footer/store-footer.ts'

export interface Store {
  /** Rejects with an Error in words where there is no database, or one of another version; the next one tries again. */
  readonly asking: () => Promise<Asking>
  readonly footer: Footer
  readonly close: () => Promise<void>
}

export interface StoreGiven {
  readonly dataDir: string
  readonly version: string
  /** Where `last` is looked for first. */
  readonly folder: string
  /** Left out: Node's own child processes. */
  readonly startProcess?: StartProcess | undefined
}

interface Opened {
  readonly reading: Reading
  readonly beside: Beside
}

/**
 * A data folder that is opened when somebody asks, whether a Colophon runs on it or not. What asks it is loaded then, too: it is most of the
 * program, and an agent that starts its servers waits for each of them.
 */
export function openStore({ dataDir, version, folder, startProcess }: StoreGiven): Store {
  let opened: Promise<Opened> | null = null
  const close = async (): Promise<void> => {
    const closing = opened
    opened = null
    const closed = await closing?.catch(() => null)
    closed?.reading.close()
    await closed?.beside.close()
  }
  const current = async (): Promise<Opened> => {
    const opening = (opened ??= open({ dataDir, version, startProcess }))
    const already = await opening
    if (already.reading.isOfFolder()) return already
    if (opened === opening) await close()
    return (opened ??= open({ dataDir, version, startProcess }))
  }
  const footer = storeFooter(dataDir)
  return {
    asking: async () => {
      try {
        const { reading, beside } = await current()
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
    footer,
    close: async () => {
      footer.close()
      await close()
    },
  }
}

async function open(given: Omit<StoreGiven, 'folder'>): Promise<Opened> {
  const { openReading } = await import('../engine/reading/index.ts')
  const { openBeside } = await import('../engine/reading/beside.ts')
  return { reading: openReading(given.dataDir), beside: openBeside(given) }
}
