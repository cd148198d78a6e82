import http from 'node:http'

export interface Sent {
  readonly seconds: number
  /** Milliseconds from the first byte sent to the acknowledgement read, ascending. */
  readonly acknowledgedMs: readonly number[]
}

/** Posts the bodies over so many connections, each sending its next body when its last is acknowledged. */
export async function send(url: string, bodies: readonly Uint8Array[], connections: number): Promise<Sent> {
  const agent = new http.Agent({ keepAlive: true, maxSockets: connections })
  const times: number[] = []
  let next = 0
  const begun = performance.now()
  await Promise.all(
    Array.from({ length: connections }, async () => {
      for (let body = bodies[next++]; body !== undefined; body = bodies[next++]) {
        const sent = performance.now()
        await post(url, body, agent)
        times.push(performance.now() - sent)
      }
    }),
  )
  agent.destroy()
  return { seconds: (performance.now() - begun) / 1000, acknowledgedMs: times.sort((a, b) => a - b) }
}

export function post(url: string, body: Uint8Array, agent: http.Agent): Promise<void> {
  return new Promise((done, fail) => {
    const request = http.request(
      url,
      { method: 'POST', agent, headers: { 'content-type': 'application/x-protobuf', 'content-length': body.length } },
      (response) => {
        response.resume()
        response.on('end', () => {
          if (response.statusCode === 200) done()
          else fail(new Error(`answered ${response.statusCode}`))
        })
      },
    )
    request.on('error', fail)
    request.end(body)
  })
}

export function percentile(ascending: readonly number[], share: number): number {
  return ascending[Math.min(ascending.length - 1, Math.floor(ascending.length * share))] ?? 0
}
