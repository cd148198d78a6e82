/**
 * Takes from what waits, so many at a time, until nothing does; `work` may add to it. In two lanes one waits for the server while the other
 * works here. After a failure no lane begins again, and it is thrown once all have ended: what the caller then closes is no longer in use.
 */
export async function inLanes<T>(
  waiting: T[],
  { lanes, atOnce }: { readonly lanes: number; readonly atOnce: number },
  work: (some: readonly T[]) => Promise<void>,
): Promise<void> {
  let failed = false
  const lane = async (): Promise<void> => {
    while (waiting.length > 0 && !failed)
      try {
        await work(waiting.splice(0, atOnce))
      } catch (error) {
        failed = true
        throw error
      }
  }
  const ended = await Promise.allSettled(Array.from({ length: lanes }, lane))
  for (const one of ended) if (one.status === 'rejected') throw one.reason
}
