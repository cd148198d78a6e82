import { loadToken } from '../engine/api/token.ts'
import { readListening } from '../engine/receivers/listening-file.ts'
import { holderName } from '../engine/store/holder.ts'

interface Hands {
  /** Asks a person; resolves to the chosen button's place. */
  readonly ask: (words: { message: string; detail: string; buttons: string[] }) => Promise<number>
  readonly open: (link: string) => void
}

/** Where a headless Colophon has the data folder, its page is offered instead of a window. False where there is none to offer. */
export async function offerOther(dataDir: string, { ask, open }: Hands): Promise<boolean> {
  const page = readListening(dataDir)?.page ?? null
  if (page === null) return false
  const chosen = await ask({
    message: 'Colophon is already running',
    detail: `${holderName(dataDir)} receives into ${dataDir} and shows its page at ${page}. Only one can use a data folder at a time: quit that one to use this window instead.`,
    buttons: ['Open its page', 'Quit'],
  })
  if (chosen === 0) open(`${page}/#token=${loadToken(dataDir)}`)
  return true
}
