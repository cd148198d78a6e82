import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Engine } from '../engine.ts'
import { securityHeaders } from './page-files.ts'

/** A client this far behind is cut off: it connects anew and asks for everything, as after any gap. */
const maxUnsentBytes = 64 * 1024

/** A page asks its first questions while it opens its stream: what changed between an answer and the stream is told when it opens. */
const missedMs = 2000

/** Pushes as Server-Sent Events until the client goes. Comments in between tell both ends that the other is there. */
export function streamChanges(
  request: IncomingMessage,
  response: ServerResponse,
  engine: Pick<Engine, 'onChanged'>,
  heartbeatMs: number,
): void {
  response.writeHead(200, {
    ...securityHeaders,
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
  })
  const send = (text: string): void => {
    if (response.writableLength > maxUnsentBytes) request.destroy()
    else response.write(text)
  }
  const stopListening = engine.onChanged((changed) => send(`data: ${JSON.stringify(changed)}\n\n`), missedMs)
  const heartbeat = setInterval(() => send(': here\n\n'), heartbeatMs)
  response.once('close', () => {
    stopListening()
    clearInterval(heartbeat)
  })
  send(': here\n\n')
}
