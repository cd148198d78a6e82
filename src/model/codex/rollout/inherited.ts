import { bornMs } from './file-name.ts'

/**
 * Whether a turn was begun by an ancestor and stands in this thread's file as a copy: it is older than the thread. Ids that tell no time
 * (files of before UUIDv7) are the file's own.
 */
export function isInherited(turnId: string | null, threadId: string): boolean {
  // Such ids sort by their time: most turns are told to be younger without a look at it.
  if (turnId === null || turnId >= threadId) return false
  const [turn, thread] = [bornMs(turnId), bornMs(threadId)]
  return turn !== null && thread !== null && turn < thread
}
