import { createHash } from 'node:crypto'
import { realpathSync } from 'node:fs'

/** With it a receiver says whose it is, so that the doctor does not take another program on the port for it. */
export const instanceHeader = 'x-colophon-instance'

/** With it a receiver says where the page of its Colophon is, where there is one. */
export const pageHeader = 'x-colophon-page'

/** The same for everybody who knows the data folder, and nobody learns the folder from it. */
export function instanceOf(dataDir: string): string {
  return createHash('sha256').update(realPath(dataDir)).digest('hex').slice(0, 16)
}

function realPath(folder: string): string {
  try {
    return realpathSync(folder)
  } catch {
    // Not made yet: then nobody receives for it either.
    return folder
  }
}
