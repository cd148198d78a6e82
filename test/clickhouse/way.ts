import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import { passwordOf, type UserName } from './users.ts'

/**
 * The way to a server, which can be disturbed: `cuts` breaks an answer off after so many bytes, `holds` lets none through, and whoever is named has
 * the rights of another from then on.
 */
export interface Way {
  readonly url: string
  /** Something came from this side since the way was disturbed. */
  readonly isAsked: () => boolean
  readonly disturb: (how: 'not' | 'cuts' | 'holds' | Renamed) => void
  /** Is told of what comes from this side before it goes on. */
  readonly hear: (listener: (asked: string) => void) => void
  /** Nobody listens, and what was open is gone. */
  readonly close: () => Promise<void>
  readonly reopen: () => Promise<void>
}

/** Names are as long as each other, so that a request stays as long as it says. */
export interface Renamed {
  readonly from: UserName
  readonly to: UserName
}

const basic = (name: UserName): string => Buffer.from(`${name}:${passwordOf(name)}`).toString('base64')

const cutAfterBytes = 400

export async function wayTo(url: string): Promise<Way> {
  const { hostname, port } = new URL(url)
  const sockets = new Set<Socket>()
  let how: 'not' | 'cuts' | 'holds' | Renamed = 'not'
  let asked = false
  let heard: (asked: string) => void = () => undefined
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
    near.on('data', (bytes: Buffer) => {
      asked = true
      heard(bytes.toString('latin1'))
      far.write(typeof how === 'string' ? bytes : renamed(bytes, how))
    })
    near.on('end', () => far.end())
    far.on('data', (bytes) => {
      if (how === 'holds') return
      if (how !== 'cuts') near.write(bytes)
      else near.write(bytes.subarray(0, cutAfterBytes), () => near.destroy())
    })
  })
  const listen = (on: number): Promise<void> => new Promise((resolve) => server.listen(on, '127.0.0.1', resolve))
  await listen(0)
  const own = (server.address() as AddressInfo).port
  return {
    url: `http://127.0.0.1:${own}`,
    isAsked: () => asked,
    hear(listener) {
      heard = listener
    },
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

function renamed(bytes: Buffer, { from, to }: Renamed): Buffer {
  return Buffer.from(bytes.toString('latin1').replace(basic(from), basic(to)), 'latin1')
}
