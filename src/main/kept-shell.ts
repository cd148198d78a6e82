import { join } from 'node:path'
import { keptShell } from '../contract/shell.ts'
import type { KeptShell } from '../contract/shell.ts'
import { readOwnFile, writeOwnFile } from '../engine/own-file.ts'

/** What is remembered from one start to the next, in a file of its own: the database belongs to the engine. */
export interface Kept {
  readonly read: () => KeptShell
  /** Written a moment later: a window that is moved says so many times a second. */
  readonly change: (change: Partial<KeptShell>) => void
  /** Writes what still waits. */
  readonly flush: () => void
}

const writeAfterMs = 500

/** A file that is missing, broken or of another version counts as empty. */
export function keepShell(dataDir: string): Kept {
  const path = join(dataDir, 'shell.json')
  let kept = load(path)
  let timer: NodeJS.Timeout | null = null

  function flush(): void {
    if (timer === null) return
    clearTimeout(timer)
    timer = null
    try {
      writeOwnFile(path, JSON.stringify(kept))
    } catch (error) {
      console.error('colophon: the window could not be remembered:', error)
    }
  }
  return {
    read: () => kept,
    change(change) {
      kept = { ...kept, ...change }
      timer ??= setTimeout(flush, writeAfterMs)
    },
    flush,
  }
}

function load(path: string): KeptShell {
  try {
    return keptShell.parse(JSON.parse(readOwnFile(path) ?? ''))
  } catch {
    return keptShell.parse({})
  }
}
