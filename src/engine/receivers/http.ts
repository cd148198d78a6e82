import { createServer as createPlain, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { createServer as createSecure } from 'node:https'
import type { Duplex } from 'node:stream'
import { setTimeout as delay } from 'node:timers/promises'
import { answerTo, failure, refuse, send } from './http-answer.ts'
import { readBody, type BodyRead } from './http-body.ts'
import { readHead, refusal, signalOf, tooLarge, type Refusal } from './http-head.ts'
import { answerMalformed } from './http-malformed.ts'
import { instanceHeader, pageHeader } from './instance.ts'
import { listen } from './listen.ts'
import { tookNothing, type Receiver, type ReceiverOptions, type RefusedRequest } from './received-body.ts'
import { rpcCode } from './rpc-status.ts'
import { defaultTiming, type Timing } from './timing.ts'
import { tlsOptions } from './tls.ts'

/** OTLP over HTTP/1.1. Rejects with the error of `listen`, for instance EADDRINUSE, where the port cannot be had. */
export async function startHttpReceiver(options: ReceiverOptions, timing: Timing = defaultTiming): Promise<Receiver> {
  const open = new WeakMap<Duplex, ServerResponse>()
  const inFlight = new Map<ServerResponse, Promise<void>>()
  const servers: Server[] = []

  const handle = (request: IncomingMessage, response: ServerResponse, awaitsContinue: boolean) => {
    open.set(request.socket, response)
    response.setHeader(instanceHeader, options.instance)
    if (options.page) response.setHeader(pageHeader, options.page)
    const answered = answer(request, response, awaitsContinue, options, timing)
      .catch(() => {
        response.destroy()
      })
      .finally(() => {
        inFlight.delete(response)
        if (open.get(request.socket) === response) open.delete(request.socket)
      })
    inFlight.set(response, answered)
  }

  const tls = tlsOptions(options)
  const create = (): Server => {
    const settings = {
      headersTimeout: timing.headerMs,
      // Bodies have their own clock, so that the answer to a slow one is in the request's encoding.
      requestTimeout: 0,
      keepAliveTimeout: timing.idleMs,
      // Looking is a timer that wakes an idle program.
      connectionsCheckingInterval: Math.min(5_000, timing.headerMs),
    }
    const server = tls === null ? createPlain(settings) : createSecure({ ...settings, ...tls })
    server.on('request', (request, response) => {
      handle(request, response, false)
    })
    server.on('checkContinue', (request, response) => {
      handle(request, response, true)
    })
    answerMalformed(server, open, options.refused, timing.drainMs)
    servers.push(server)
    return server
  }

  const { address } = await listen(create, options)
  return {
    address,
    async close() {
      const closed = servers.map((server) => new Promise<void>((resolve) => server.close(() => resolve())))
      for (const response of inFlight.keys()) if (!response.headersSent) response.setHeader('connection', 'close')
      await Promise.race([Promise.all(inFlight.values()), delay(timing.closeMs, undefined, { ref: false })])
      for (const server of servers) server.closeAllConnections()
      await Promise.all(closed)
    },
  }
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  awaitsContinue: boolean,
  options: ReceiverOptions,
  timing: Timing,
): Promise<void> {
  const { maxBytes } = options
  const refuseFor = (because: Refusal) => {
    options.refused(refusedOf(request, because.message, false))
    return refuse(request, response, because, { bytes: 2 * maxBytes, ms: timing.drainMs })
  }

  const head = readHead(request, options)
  if (head.kind === 'refusal') return refuseFor(head)
  if (awaitsContinue) response.writeContinue()

  const body = await readBody(request, { ...head, maxBytes, timeoutMs: timing.bodyMs })
  if (body.kind !== 'whole') return refuseFor(refusalOf(body.kind, maxBytes))

  const { signal, encoding } = head
  try {
    const accepted = await options.accept({ signal, transport: 'http', encoding, bytes: body.bytes })
    if (tookNothing(accepted)) options.refused(refusedOf(request, accepted.message, true))
    await send(response, answerTo(accepted, signal, encoding, maxBytes))
  } catch {
    await send(response, failure(encoding, refusal(500, rpcCode.internal, 'the receiver could not process the body')))
  }
}

function refusedOf(request: IncomingMessage, message: string, reachedStore: boolean): RefusedRequest {
  const { method = '', url = '', headers, socket } = request
  const path = method === 'POST' ? url : `${method} ${url}`
  const [peer, agent] = [socket.remoteAddress ?? '', headers['user-agent'] ?? '']
  return { signal: signalOf(request), transport: 'http', path, peer, agent, message, reachedStore }
}

function refusalOf(kind: Exclude<BodyRead['kind'], 'whole'>, maxBytes: number): Refusal {
  switch (kind) {
    case 'too_large':
      return tooLarge(maxBytes)
    case 'not_gzip':
      return refusal(400, rpcCode.invalidArgument, 'the body is not whole gzip')
    case 'slow':
      return refusal(408, rpcCode.deadlineExceeded, 'the body did not arrive in time')
    case 'aborted':
      return refusal(400, rpcCode.invalidArgument, 'the connection ended before the body did')
  }
}
