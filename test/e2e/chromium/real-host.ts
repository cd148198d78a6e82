import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { test as base, type Page } from '@playwright/test'
import type { Params, ProcedureName, Value } from '../../../src/contract/index.ts'
import type { Result } from '../../../src/contract/result.ts'
import { loadCapture } from '../../captures.ts'
import { nodeCommand } from '../../node-command.ts'
import { openPlace } from './open-place.ts'

const project = resolve(import.meta.dirname, '../../..')

/** The built headless host, on free ports and a data folder of its own, as a user runs it. */
export interface RealHost {
  readonly url: string
  readonly token: string
  /** Answers a procedure, as the page's bridge does. */
  call<N extends ProcedureName>(name: N, params: Params<N>): Promise<Value<N>>
  /** Sends the bodies of a recorded run to the HTTP receiver. */
  feed(capture: string): Promise<void>
}

export const test = base.extend<{ readonly host: RealHost; readonly open: (path: string) => Promise<Page> }>({
  // Playwright wants the fixtures that a fixture uses named by destructuring; this one uses none.
  host: async ({}, use) => {
    const dataDir = mkdtempSync(join(tmpdir(), 'colophon-real-host-'))
    const ports = ['--port', '0', '--otlp-grpc-port', '0', '--otlp-http-port', '0']
    const cli = join(project, 'out', 'main', 'cli.js')
    const child = spawn(...nodeCommand(cli, 'serve', '--json', '--no-open', '--data', dataDir, ...ports), {
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
    await use(hostOf(JSON.parse(first) as { url: string; token: string; otlpHttp: string }))
    child.kill('SIGTERM')
    await ended
    rmSync(dataDir, { recursive: true, force: true })
  },
  open: async ({ page, host }, use) => {
    await use((path) => openPlace(page, `${host.url}/`, host.token, path))
  },
})

function hostOf({ url, token, otlpHttp }: { url: string; token: string; otlpHttp: string }): RealHost {
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
  }
}
