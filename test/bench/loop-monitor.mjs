// Loaded into the headless host (`node --import`): at its end says on file descriptor 2 how long its event loop was held at most.
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { isMainThread } from 'node:worker_threads'

if (isMainThread) {
  const delays = monitorEventLoopDelay({ resolution: 1 })
  // From the first request on: loading the program holds the loop too, and nobody waits for it then.
  setTimeout(() => delays.enable(), 1500).unref()
  process.on('exit', () => {
    process.stderr.write(`\nevent loop held at most ${(delays.max / 1e6).toFixed(1)} ms\n`)
  })
}
