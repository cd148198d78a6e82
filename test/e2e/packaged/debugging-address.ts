import type { ChildProcess } from 'node:child_process'

/** Where the page of an app can be driven from that was started with `--remote-debugging-port=0`: Chromium tells it on standard error, once. */
export function debuggingAddress({ stderr }: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = ''
    stderr?.on('data', (chunk: Buffer) => {
      text += chunk.toString()
      const [, address] = /DevTools listening on (ws:\S+)/.exec(text) ?? []
      if (address !== undefined) resolve(address)
    })
    stderr?.once('end', () => {
      reject(new Error(`the app ended before its page could be reached: ${text}`))
    })
  })
}
