/**
 * Whoever reads may have seen enough, as `head` has: what is written after that goes nowhere, and is no reason to fail. A command
 * still does what it was asked to, and a host goes on receiving. Where a disk is full it does so as well, and whoever takes what is
 * there for whole is told, by a word and by the exit code.
 */
export function outliveReaders(streams: readonly NodeJS.WriteStream[] = [process.stdout, process.stderr]): void {
  for (const stream of streams) {
    let isTold = false
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE' || error.code === 'ERR_STREAM_DESTROYED' || isTold) return
      isTold = true
      if (stream !== process.stderr) process.stderr.write(`colophon: its output cannot be written: ${error.message}\n`)
      process.once('exit', () => {
        process.exitCode ||= 1
      })
    })
  }
}
