import type { Troubles } from '../threads/troubles.ts'
import { diskFree } from '../status.ts'
import type { WriterClient } from '../worker-client.ts'

const lookEveryMs = 1000
/** A body and what it changes may take so much; with less, one that is stored is followed by one that is not. */
const leastFreeBytes = 4 * 1024 * 1024

/** While the disk takes nothing, tries a small write of its own: nobody should have to send something to find out that it does again. */
export function watchDisk(dataDir: string, troubles: Troubles, writer: Pick<WriterClient, 'call'>): { close(): void } {
  let isLooking = false
  async function look(): Promise<void> {
    if (!troubles.isDiskRefusing || isLooking) return
    isLooking = true
    try {
      const free = await diskFree(dataDir)
      if (free !== null && free < leastFreeBytes) return
      if ((await writer.call('store.probe', {})).ok) troubles.disk(null)
    } finally {
      isLooking = false
    }
  }
  const timer = setInterval(() => void look(), lookEveryMs)
  return {
    close: () => {
      clearInterval(timer)
    },
  }
}
