import type { FooterReader } from '../../engine/reading/footer-figures.ts'
import { createFooter, type Footer } from './footer.ts'

interface Opened {
  readonly reader: FooterReader
  readonly isOfFolder: () => boolean
  readonly close: () => void
}

export interface StoreFooter extends Footer {
  readonly close: () => void
}

/** The footer over a data folder, which is opened on a connection of its own once the first read has been answered. */
export function storeFooter(dataDir: string): StoreFooter {
  let opened: Opened | null = null
  let opening: Promise<void> | null = null
  let isClosed = false
  const close = (): void => {
    opened?.close()
    opened = null
  }
  const open = (): Promise<void> =>
    (opening ??= openReader(dataDir)
      .then((now) => {
        opened = now
        if (isClosed) close()
      })
      .finally(() => {
        opening = null
      }))
  const look = async (work: () => void): Promise<void> => {
    try {
      if (opened?.isOfFolder() === false) close()
      if (opened === null) {
        await open()
        await turn()
      }
      work()
    } catch {
      // There is no store, or one of another version: tools say so, a footer has no room for it.
      close()
    }
  }
  const { read } = createFooter(
    () => opened?.reader ?? null,
    (work) => {
      setImmediate(() => {
        if (!isClosed) void look(work)
      })
    },
  )
  return {
    read,
    close: () => {
      isClosed = true
      close()
    },
  }
}

/** Loading, opening and the first look take a tenth of a second or more each: a read that comes meanwhile waits for one of them, not for all. */
const turn = (): Promise<void> => new Promise((done) => setImmediate(done))

async function openReader(dataDir: string): Promise<Opened> {
  const { openFolder, placeOf } = await import('../../engine/reading/open-folder.ts')
  await turn()
  const { footerReader } = await import('../../engine/reading/footer-figures.ts')
  await turn()
  const db = openFolder(dataDir)
  return {
    reader: footerReader(db),
    isOfFolder: placeOf(dataDir),
    close: () => {
      db.close()
    },
  }
}
