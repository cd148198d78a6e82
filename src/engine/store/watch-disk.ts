import type { Troubles } from '../threads/troubles.ts'
import { diskFree } from '../status.ts'

const lookEveryMs = 1000
/** A body and what it changes may take so much; with less, one that is stored is followed by one that is not. */
const leastFreeBytes = 4 * 1024 * 1024

export interface DiskWatch {
  /** Why the disk takes nothing; null: it took something. */
  told(why: string | null): void
  close(): void
}

/**
 * While the disk takes nothing, tries a small write of its own: nobody should have to send something to find out that it does again.
 * `probe` says whether that was written.
 */
export function watchDisk(dataDir: string, troubles: Troubles, probe: () => Promise<boolean>): DiskWatch {
  let timer: NodeJS.Timeout | null = null
  let isLooking = false

  async function look(): Promise<void> {
    if (isLooking) return
    isLooking = true
    try {
      const free = await diskFree(dataDir)
      if (free !== null && free < leastFreeBytes) return
      if (await probe()) told(null)
    } finally {
      isLooking = false
    }
  }
  function rest(): void {
    if (timer !== null) clearInterval(timer)
    timer = null
  }
  function told(why: string | null): void {
    troubles.disk(why)
    if (why === null) rest()
    else timer ??= setInterval(() => void look(), lookEveryMs)
  }
  return { told, close: rest }
}
