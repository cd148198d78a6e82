/**
 * Whoever reads may have seen enough, as `head` has: what is written after that goes nowhere, and is no reason to fail. A command
 * still does what it was asked to, and a host goes on receiving.
 */
export function outliveReaders(streams: readonly NodeJS.WriteStream[] = [process.stdout, process.stderr]): void {
  for (const stream of streams)
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE' && error.code !== 'ERR_STREAM_DESTROYED') throw error
    })
}
