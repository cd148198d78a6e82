/**
 * What several sources give, as it comes: all are asked at once, and none waits with a full line for those before it. Ends them all when
 * nobody takes any more, or one fails.
 */
export async function* merged<T>(sources: readonly AsyncGenerator<T>[]): AsyncGenerator<T> {
  const waiting = new Map(sources.map((source) => [source, next(source)]))
  try {
    while (waiting.size > 0) {
      const { source, given } = await Promise.race(waiting.values())
      if (given.done === true) waiting.delete(source)
      else {
        waiting.set(source, next(source))
        yield given.value
      }
    }
  } finally {
    // Not waited for: one may be silent for minutes.
    for (const source of sources) source.return(undefined).catch(() => undefined)
  }
}

function next<T>(
  source: AsyncGenerator<T>,
): Promise<{ readonly source: AsyncGenerator<T>; readonly given: IteratorResult<T> }> {
  const asked = source.next().then((given) => ({ source, given }))
  // Another one may have failed first.
  asked.catch(() => undefined)
  return asked
}
