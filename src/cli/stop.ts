/** A stop that hangs must not keep a machine from shutting down; who runs it in a container gives it ten seconds. */
const deadlineMs = 9000

/**
 * Resolves at the first SIGINT or SIGTERM. Later ones change nothing: Ctrl-C reaches the whole process group, so the
 * one key press may arrive twice.
 */
export function untilSignal(): Promise<void> {
  return new Promise((resolve) => {
    const stop = (): void => {
      endInTime((code) => process.exit(code))
      resolve()
    }
    process.on('SIGINT', stop)
    process.on('SIGTERM', stop)
  })
}

/** Ends the process by `exit` where its stop has not ended it in time. */
export function endInTime(exit: (code: number) => void): void {
  setTimeout(() => {
    process.stderr.write('colophon: stopping took too long\n')
    exit(1)
  }, deadlineMs).unref()
}
