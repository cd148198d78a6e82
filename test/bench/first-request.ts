import { once } from 'node:events'
import http from 'node:http'
import { connect } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'

/** Until a connection to the port of this machine is taken; whether anybody answers is another matter. */
export async function untilTaken(port: number): Promise<void> {
  for (;;) {
    const socket = connect(port, '127.0.0.1')
    const isTaken = await once(socket, 'connect').then(
      () => true,
      () => false,
    )
    socket.destroy()
    if (isTaken) return
    await pause(2)
  }
}

/** An export without a record, until it is answered. */
export function emptyExport(otlpHttp: string): Promise<void> {
  return new Promise((done, fail) => {
    const request = http.request(`${otlpHttp}/v1/traces`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-protobuf', 'content-length': 0 },
    })
    request.on('response', (response) => {
      response.resume()
      done()
    })
    request.on('error', fail)
    request.end()
  })
}
