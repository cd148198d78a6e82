import { rmSync } from 'node:fs'
import { join } from 'node:path'

/** Of the index of words, which is a database of its own. */
export const wordsFile = 'words.db'

/** Apart from what opens it: the host's own thread takes it away, and has no use for a database. */
export function removeWords(dataDir: string): void {
  for (const ending of ['', '-wal', '-shm']) rmSync(join(dataDir, wordsFile + ending), { force: true })
}
