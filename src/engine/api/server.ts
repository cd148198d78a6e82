import { once } from 'node:events'
import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { ProcedureError } from '../../contract/result.ts'
import type { Result } from '../../contract/result.ts'
import type { Engine } from '../engine.ts'
import { answer, failure } from './answer.ts'
import { streamChanges } from './changes.ts'
import { refusedCommand } from './commands-here.ts'
import { isOwnRequest } from './guard.ts'
import { untilLeft } from '../until-left.ts'
import { readJsonBody } from './json-body.ts'
import { readPageFile } from './page-files.ts'
import { isAuthorized } from './token.ts'

export interface ApiServerOptions {
  readonly host: string
  /** 0 takes a free one. */
  readonly port: number
  readonly engine: Pick<Engine, 'dispatch' | 'onChanged'>
  readonly token: string
  /** Folder of the built page. */
  readonly staticDir: string
  /** Host names accepted besides the loopback ones. */
  readonly allowedHosts: readonly string[]
  readonly heartbeatMs?: number
}

export interface ApiServer {
  /** Base URL, without a slash at its end. */
  readonly url: string
  readonly port: number
  close(): Promise<void>
}

/** Rejects with the socket's own error (`EADDRINUSE` …) when the address cannot be had. */
export async function startApiServer(options: ApiServerOptions): Promise<ApiServer> {
  const server = createServer({ requestTimeout: 30_000, headersTimeout: 30_000 }, (request, response) => {
    respond(request, response, options).catch(() => response.destroy())
  })
  server.listen(options.port, options.host)
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const name = options.host.includes(':') ? `[${options.host}]` : options.host
  return {
    url: `http://${name}:${String(port)}`,
    port,
    async close() {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}

async function respond(request: IncomingMessage, response: ServerResponse, options: ApiServerOptions): Promise<void> {
  if (!isOwnRequest(request.headers, options.allowedHosts)) {
    return answer(request, response, failure('forbidden', 'This Host or Origin may not use Colophon.'))
  }
  const path = (request.url ?? '/').replace(/[?#].*$/s, '')
  return path.startsWith('/api/')
    ? respondApi(request, response, path.slice('/api/'.length), options)
    : respondPage(request, response, path, options)
}

async function respondPage(
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
  options: ApiServerOptions,
): Promise<void> {
  if (request.method !== 'GET' && request.method !== 'HEAD') return refuseMethod(request, response, 'GET, HEAD')
  const file = await readPageFile(options.staticDir, path)
  if (file === null) return answer(request, response, failure('not_found', 'There is no such page.'))
  response.writeHead(200, { ...file.headers, 'content-length': file.body.length })
  response.end(request.method === 'HEAD' ? undefined : file.body)
}

async function respondApi(
  request: IncomingMessage,
  response: ServerResponse,
  name: string,
  options: ApiServerOptions,
): Promise<void> {
  if (!isAuthorized(request.headers.authorization, options.token)) {
    const headers = { 'www-authenticate': 'Bearer' }
    return answer(request, response, failure('unauthorized', 'The access token is missing or wrong.'), headers)
  }
  if (name === 'changes') {
    if (request.method !== 'GET') return refuseMethod(request, response, 'GET')
    return streamChanges(request, response, options.engine, options.heartbeatMs ?? 15_000)
  }
  if (request.method !== 'POST') return refuseMethod(request, response, 'POST')
  return answer(request, response, await callProcedure(request, response, name, options))
}

async function callProcedure(
  request: IncomingMessage,
  response: ServerResponse,
  name: string,
  { engine, host }: Pick<ApiServerOptions, 'engine' | 'host'>,
): Promise<Result<unknown>> {
  try {
    const params = await readJsonBody(request, name)
    const refused = refusedCommand(host, name, params)
    if (refused !== null) return failure('forbidden', refused)
    return await untilLeft(response, engine, name, params)
  } catch (error) {
    return error instanceof ProcedureError
      ? failure(error.code, error.message)
      : failure('internal', 'The procedure failed.')
  }
}

function refuseMethod(request: IncomingMessage, response: ServerResponse, allow: string): Promise<void> {
  return answer(request, response, failure('bad_request', `Only ${allow} is answered here.`), { allow }, 405)
}
