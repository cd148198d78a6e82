import { createServer } from 'node:net'

/** Below what systems give to whoever asks for any port (32768 on Linux, 49152 elsewhere), and above what browsers refuse to ask (10080). */
const [first, end] = [12_000, 32_000]
/** Each process has its own, so that suites side by side do not take what another has found free and not taken yet. */
const own = 40
const blocks = (end - first) / own
const from = first + (process.pid % blocks) * own

let given = 0

/** A port of this machine that nobody listens on, and that nobody gets who asks for any. */
export async function freePort(): Promise<number> {
  for (let tried = 0; tried < own; tried++) {
    const port = from + (given++ % own)
    if ((await isFree(port, '127.0.0.1')) && (await isFree(port, '::1'))) return port
  }
  throw new Error(`no port from ${String(from)} on is free`)
}

function isFree(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    // A machine without IPv6 takes no port from anybody there.
    server.once('error', ({ code }: NodeJS.ErrnoException) => {
      resolve(code !== 'EADDRINUSE')
    })
    server.listen({ host, port, exclusive: true }, () => server.close(() => resolve(true)))
  })
}
