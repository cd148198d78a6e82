import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { test as base, type Page } from '@playwright/test'
import type { Params, ProcedureName, Value } from '../../../src/contract/index.ts'
import type { Result } from '../../../src/contract/result.ts'
import { openForReading } from '../../../src/engine/store/database.ts'
import { built } from '../../built.ts'
import { loadCapture } from '../../captures.ts'
import { nodeCommand } from '../../node-command.ts'
import { openPlace } from './open-place.ts'

/** The built headless host, on free ports and a data folder of its own, as a user runs it. */
export interface RealHost {
  readonly url: string
  readonly token: string
  /** Answers a procedure, as the page's bridge does. */
  call<N extends ProcedureName>(name: N, params: Params<N>): Promise<Value<N>>
  /** Sends the bodies of a recorded run to the HTTP receiver. */
  feed(capture: string): Promise<void>
  /** Waits until no session's facts are behind its records. */
  settled(): Promise<void>
}

/** Runs `use` with a host of its own. */
export async function withRealHost(
  use: (host: RealHost) => Promise<void>,
  otlp: Record<'grpc' | 'http', number | string> = { grpc: 0, http: 0 },
): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'colophon-real-host-'))
  const ports = ['--port', '0', '--otlp-grpc-port', String(otlp.grpc), '--otlp-http-port', String(otlp.http)]
  const command = nodeCommand(built('main/cli.js'), 'serve', '--json', '--no-open', '--data', dataDir, ...ports)
  const child = spawn(...command, {
    stdio: ['ignore', 'pipe', 'inherit'],
    // What Codex has kept on this machine is nobody's test.
    env: { ...process.env, CODEX_HOME: process.env.CODEX_HOME ?? join(dataDir, 'codex-home') },
  })
  const ended = new Promise((done) => child.once('exit', done))
  const lines = createInterface({ input: child.stdout })
  const [first] = (await Promise.race([
    new Promise<string[]>((done) => lines.once('line', (line: string) => done([line]))),
    ended.then(() => Promise.reject(new Error('the host ended before it listened'))),
  ])) as [string]
  await use(hostOf(JSON.parse(first) as Announced))
  child.kill('SIGTERM')
  await ended
  rmSync(dataDir, { recursive: true, force: true })
}

export const test = base.extend<{ readonly host: RealHost; readonly open: (path: string) => Promise<Page> }>({
  // Playwright wants the fixtures that a fixture uses named by destructuring; this one uses none.
  host: async ({}, use) => withRealHost(use),
  open: async ({ page, host }, use) => {
    await use((path) => openPlace(page, `${host.url}/`, host.token, path))
  },
})

/** Hours around all that was received, far enough in the past to be still; `link` is the same for an address. */
export interface Range {
  readonly fromMs: number
  readonly toMs: number
  readonly link: string
}

/** Feeds the captures, waits until their sessions are settled, and says when they were. */
export async function feedAll(host: RealHost, captures: readonly string[]): Promise<Range> {
  for (const capture of captures) await host.feed(capture)
  await host.settled()
  const { sessions } = await host.call('session.list', {})
  const hourMs = 3_600_000
  const firstMs = Math.min(...sessions.map(({ startedAtMs }) => startedAtMs))
  const fromMs = Math.floor(firstMs / hourMs) * hourMs
  const toMs = fromMs + 2 * hourMs
  return { fromMs, toMs, link: `range=custom&from=${fromMs}&to=${toMs}` }
}

/** For tests that only read: one host that has received these captures serves all that a worker runs. */
export const testOf = (captures: readonly string[]) =>
  test.extend<object, { readonly received: Range & { readonly host: RealHost } }>({
    received: [
      async ({}, use) => withRealHost(async (host) => use({ host, ...(await feedAll(host, captures)) })),
      { scope: 'worker' },
    ],
    host: async ({ received }, use) => use(received.host),
  })

interface Announced {
  readonly url: string
  readonly token: string
  readonly otlpHttp: string
  readonly data: string
}

function hostOf({ url, token, otlpHttp, data }: Announced): RealHost {
  return {
    url,
    token,
    async call<N extends ProcedureName>(name: N, params: Params<N>) {
      const response = await fetch(`${url}/api/${name}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify(params),
      })
      const answer = (await response.json()) as Result<Value<N>>
      if (!answer.ok) throw new Error(`${name}: ${answer.error.message}`)
      return answer.value
    },
    async feed(capture) {
      for (const { signal, encoding, bytes } of loadCapture(capture).bodies) {
        const type = encoding === 'json' ? 'application/json' : 'application/x-protobuf'
        const response = await fetch(`${otlpHttp}/v1/${signal}`, {
          method: 'POST',
          headers: { 'content-type': type },
          body: bytes,
        })
        if (response.status !== 200) throw new Error(`${capture}: ${response.status}`)
      }
    },
    async settled() {
      const db = openForReading(data)
      const behind = db.prepare<[], number>('SELECT count(*) FROM unsettled').pluck()
      await base.expect.poll(() => behind.get()).toBe(0)
      db.close()
    },
  }
}
