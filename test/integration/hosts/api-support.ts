import { request } from 'node:http'
import type { IncomingHttpHeaders } from 'node:http'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { Changed, Topic } from '../../../src/contract/changes.ts'
import type { Result } from '../../../src/contract/result.ts'
import { startApiServer } from '../../../src/engine/api/server.ts'
import type { ApiServer, ApiServerOptions } from '../../../src/engine/api/server.ts'

export const token = 'the-token-of-this-test'

/** Stands in for the engine: records calls, answers with `reply`, and pushes when told to. */
export interface Stage {
  readonly server: ApiServer
  readonly calls: { name: unknown; params: unknown }[]
  readonly listeners: Set<(changed: Changed) => void>
  reply: (name: unknown, params: unknown) => Promise<Result<unknown>>
  /** What changed just before somebody listens. */
  missed: readonly Topic[]
}

export async function startStage(options: Partial<ApiServerOptions> = {}): Promise<Stage> {
  const calls: Stage['calls'] = []
  const listeners: Stage['listeners'] = new Set()
  const stage = {
    ...{ calls, listeners, missed: [] as readonly Topic[] },
    reply: (_name: unknown, params: unknown) => Promise.resolve(ok(params)),
  }
  const server = await startApiServer({
    host: '127.0.0.1',
    port: 0,
    token,
    allowedHosts: [],
    staticDir: '/nowhere',
    engine: {
      dispatch(name, params) {
        calls.push({ name, params })
        return stage.reply(name, params)
      },
      onChanged(listener, missedMs = 0) {
        if (missedMs > 0 && stage.missed.length > 0) listener({ topics: stage.missed })
        listeners.add(listener)
        return () => listeners.delete(listener)
      },
    },
    ...options,
  })
  onTestFinished(() => server.close())
  return Object.assign(stage, { server })
}

export const ok = (value: unknown): Result<unknown> => ({ ok: true, value })

export function temporaryFolder(files: Readonly<Record<string, string>> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'colophon-hosts-'))
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true })
  })
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
  return folder
}

export interface Answer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly text: string
}

interface Sent {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array
  /** Sends without saying the length beforehand. */
  readonly chunked?: boolean
}

export const withToken = { authorization: `Bearer ${token}` }

/** A request exactly as written: unlike `fetch` it neither tidies up the path nor forbids the Host header. */
export function send(stage: Stage, path: string, { method = 'GET', headers = {}, body, chunked }: Sent = {}) {
  return new Promise<Answer>((resolve, reject) => {
    const framing = chunked === true ? { 'transfer-encoding': 'chunked' } : {}
    const outgoing = request(
      { host: '127.0.0.1', port: stage.server.port, path, method, headers: { ...framing, ...headers }, agent: false },
      (incoming) => {
        let text = ''
        incoming.setEncoding('utf8')
        incoming.on('data', (chunk: string) => (text += chunk))
        incoming.once('end', () => {
          resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, text })
        })
      },
    )
    outgoing.once('error', reject)
    outgoing.end(body)
  })
}

export function call(stage: Stage, name: string, params: unknown = {}): Promise<Answer> {
  return send(stage, `/api/${name}`, { method: 'POST', headers: withToken, body: JSON.stringify(params) })
}
