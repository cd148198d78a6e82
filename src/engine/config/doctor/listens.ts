import { connect } from 'node:net'

const deadlineMs = 1000

/** The port of an address on this machine; null for any other, which is not asked. */
export function loopbackPort(url: URL): number | null {
  const host = hostOf(url)
  if (host !== 'localhost' && host !== '::1' && !/^127(\.\d+){3}$/.test(host)) return null
  return Number(url.port || (url.protocol === 'https:' ? 443 : 80))
}

/** Whether a TCP connection can be made. Nothing is sent. */
export function listens(url: URL, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: hostOf(url), port })
    const end = (answer: boolean): void => {
      socket.destroy()
      resolve(answer)
    }
    socket.setTimeout(deadlineMs, () => {
      end(false)
    })
    socket.once('connect', () => {
      end(true)
    })
    socket.once('error', () => {
      end(false)
    })
  })
}

function hostOf(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, '')
}
