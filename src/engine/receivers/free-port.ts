import { createServer } from 'node:net'

const attempts = 20

/** The next port that nobody listens on; null where none is near. */
export async function freePortAfter(port: number, host: string): Promise<number | null> {
  for (let next = port + 1; next <= Math.min(65_535, port + attempts); next++) if (await isFree(next, host)) return next
  return null
}

function isFree(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => {
      resolve(false)
    })
    server.listen({ host, port, exclusive: true }, () => server.close(() => resolve(true)))
  })
}
