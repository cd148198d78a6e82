import { tellsLengths } from '../contract/settings.ts'
import type { StartProcess } from '../engine/index.ts'
import { openBeside, type Beside } from '../engine/reading/beside.ts'
import { openReading, type Reading } from '../engine/reading/index.ts'
import type { Asking } from './asking.ts'
import { contentOf } from './content.ts'
import { createFooter, type Footer } from './footer/footer.ts'

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

/** A data folder that is opened when somebody asks, whether a Colophon runs on it or not. */
export function openStore({ dataDir, version, folder, startProcess }: StoreGiven): Store {
  let opened: { readonly reading: Reading; readonly beside: Beside } | null = null
  const open = (): { readonly reading: Reading; readonly beside: Beside } =>
    (opened ??= { reading: openReading(dataDir), beside: openBeside({ dataDir, version, startProcess }) })
  const close = async (): Promise<void> => {
    const closed = opened
    opened = null
    closed?.reading.close()
    await closed?.beside.close()
  }
  return {
    asking: async () => {
      try {
        const { reading, beside } = open()
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
    footer: createFooter(
      () => open().beside.footer,
      (work) => {
        setImmediate(() => {
          try {
            work()
          } catch {
            // There is no store, or one of another version: tools say so, a footer has no room for it.
            void close()
          }
        })
      },
    ),
    close,
  }
}
