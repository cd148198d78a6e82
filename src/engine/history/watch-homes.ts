import { readdirSync, watch, type FSWatcher } from 'node:fs'
import { join } from 'node:path'

/** What happens close together is one change. */
const togetherMs = 150

/**
 * Tells when something changes below the homes' folders of session files. A folder each is watched, since Linux knows no other way; what
 * cannot be watched is found by the look that is made now and then anyway.
 */
export function watchHomes(homes: readonly string[], changed: () => void): { renew: () => void; close: () => void } {
  const watchers = new Map<string, FSWatcher>()
  let waiting: NodeJS.Timeout | null = null
  const note = (): void => {
    waiting ??= setTimeout(() => {
      waiting = null
      changed()
    }, togetherMs)
  }
  const follow = (folder: string, deep: number): void => {
    try {
      if (!watchers.has(folder)) watchers.set(folder, watched(folder))
      if (deep === 0) return
      for (const entry of readdirSync(folder, { withFileTypes: true }))
        if (entry.isDirectory()) follow(join(folder, entry.name), deep - 1)
    } catch {
      // Not there, gone meanwhile, not allowed, or too many: the look finds it.
    }
  }
  const watched = (folder: string): FSWatcher => {
    const watcher = watch(folder, note)
    watcher.on('error', () => {
      watcher.close()
      watchers.delete(folder)
    })
    return watcher
  }
  const renew = (): void => {
    for (const home of homes) {
      follow(home, 0)
      follow(join(home, 'sessions'), 3)
      follow(join(home, 'archived_sessions'), 0)
    }
  }
  renew()
  return {
    renew,
    close() {
      if (waiting !== null) clearTimeout(waiting)
      for (const watcher of watchers.values()) watcher.close()
      watchers.clear()
    },
  }
}
