import { connect, createServer, type AddressInfo, type Socket } from 'node:net'

/** The way to a server, which can be disturbed: `cuts` breaks an answer off after so many bytes, `holds` lets none through. */
export interface Way {
  readonly url: string
  /** Something came from this side since the way was disturbed. */
  readonly isAsked: () => boolean
  readonly disturb: (how: 'not' | 'cuts' | 'holds') => void
  /** Nobody listens, and what was open is gone. */
  readonly close: () => Promise<void>
  readonly reopen: () => Promise<void>
}

const cutAfterBytes = 400

export async function wayTo(url: string): Promise<Way> {
  const { hostname, port } = new URL(url)
  const sockets = new Set<Socket>()
  let how: 'not' | 'cuts' | 'holds' = 'not'
  let asked = false
  const server = createServer((near) => {
    const far = connect(Number(port), hostname)
    for (const socket of [near, far]) {
      sockets.add(socket)
      socket.on('close', () => sockets.delete(socket))
      socket.on('error', () => {
        near.destroy()
        far.destroy()
      })
    }
    near.on('close', () => far.destroy())
    far.on('close', () => near.destroy())
    near.pipe(far)
    near.on('data', () => (asked = true))
    far.on('data', (bytes) => {
      if (how === 'holds') return
      if (how === 'not') near.write(bytes)
      else near.write(bytes.subarray(0, cutAfterBytes), () => near.destroy())
    })
  })
  const listen = (on: number): Promise<void> => new Promise((resolve) => server.listen(on, '127.0.0.1', resolve))
  await listen(0)
  const own = (server.address() as AddressInfo).port
  return {
    url: `http://127.0.0.1:${own}`,
    isAsked: () => asked,
    disturb(next) {
      how = next
      asked = false
    },
    async close() {
      const closed = new Promise((resolve) => server.close(resolve))
      for (const socket of sockets) socket.destroy()
      await closed
    },
    reopen: () => listen(own),
  }
}
