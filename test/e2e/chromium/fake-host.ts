import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join, normalize } from 'node:path'
import { text } from 'node:stream/consumers'
import type { Topic } from '../../../src/contract/changes.ts'
import type { ParsedParams, ProcedureName, Value } from '../../../src/contract/index.ts'
import { procedures } from '../../../src/contract/index.ts'
import { securityHeaders } from '../../../src/engine/api/page-files.ts'
import { built } from '../../built.ts'

/** An answer for each procedure that the page asks; a string is a refusal with these words. */
export type Answers = {
  [N in ProcedureName]?: (params: ParsedParams<N>) => Value<N> | Promise<Value<N>> | string
}

export interface FakeHost {
  readonly url: string
  readonly token: string
  readonly calls: { readonly name: string; readonly params: unknown }[]
  /** Says to every open page that something changed. */
  readonly push: (...topics: Topic[]) => void
  /** Cuts the pushes that are open, as a restart of the host would. */
  readonly cutPushes: () => void
  readonly close: () => void
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}

/** Those of tests that are over: a page of an address that the browser knows costs half as much as one of another. */
const idle: Server[] = []
let started = 0

/** The real host's would have the browser make a process for each page; that it sends them is tested of the real host. */
const headers = { ...securityHeaders, 'cross-origin-opener-policy': 'unsafe-none' }

async function listen(): Promise<Server> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return server.unref()
}

/** Serves the built page and canned answers over real HTTP; what it sends is held to the contract's schemas. */
export async function startFakeHost(answers: Answers): Promise<FakeHost> {
  // Another for each: what the page of an earlier test still asks at the same address is refused.
  const token = `a-token-for-test-${++started}`
  const pushes = new Set<ServerResponse>()
  /** What a test pushed before a page on a busy machine had opened its stream. */
  const unheard: Topic[] = []
  const calls: { name: string; params: unknown }[] = []

  async function answer(name: string, body: string, response: ServerResponse): Promise<void> {
    const known = Object.keys(procedures).find((key): key is ProcedureName => key === name)
    const given = known && answers[known]
    if (!given) return send(response, 404, { ok: false, error: { code: 'unknown_procedure', message: name } })
    const params: unknown = procedures[known].params.parse(JSON.parse(body))
    calls.push({ name, params })
    const value = await (given as (params: unknown) => unknown)(params)
    if (typeof value === 'string')
      return send(response, 404, { ok: false, error: { code: 'not_found', message: value } })
    if (value instanceof Uint8Array)
      return void response.writeHead(200, { 'content-type': 'application/octet-stream' }).end(value)
    send(response, 200, { ok: true, value: procedures[known].result.parse(value) })
  }

  function push(...topics: readonly Topic[]): void {
    if (pushes.size === 0) unheard.push(...topics)
    for (const stream of pushes) stream.write(`data: ${JSON.stringify({ topics })}\n\n`)
  }

  async function servePage(path: string, response: ServerResponse): Promise<void> {
    const file = path === '/' ? 'index.html' : normalize(path).replace(/^[/.]+/, '')
    const body = await readFile(join(built('renderer'), file)).catch(() => null)
    if (body === null) return void response.writeHead(404).end()
    const type = types[extname(file)] ?? 'application/octet-stream'
    response.writeHead(200, { 'content-type': type, ...headers }).end(body)
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = new URL(request.url ?? '/', 'http://host').pathname
    if (!path.startsWith('/api/')) return servePage(path, response)
    if (request.headers.authorization !== `Bearer ${token}`)
      return send(response, 401, { ok: false, error: { code: 'unauthorized', message: 'No such token.' } })
    if (path !== '/api/changes') return answer(path.slice(5), await text(request), response)
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    response.write(': open\n\n')
    pushes.add(response)
    response.on('close', () => pushes.delete(response))
    if (unheard.length > 0) push(...new Set(unheard.splice(0)))
  }

  const server = idle.pop() ?? (await listen())
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    handle(request, response).catch((error: unknown) =>
      send(response, 500, { ok: false, error: { code: 'internal', message: String(error) } }),
    )
  })
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/`,
    token,
    calls,
    push,
    cutPushes: () => pushes.forEach((stream) => stream.destroy()),
    close() {
      server.removeAllListeners('request')
      server.closeAllConnections()
      idle.push(server)
    },
  }
}
