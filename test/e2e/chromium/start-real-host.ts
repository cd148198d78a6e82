import { spawn } from 'node:child_process'
import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { expect } from '@playwright/test'
import type { Params, ProcedureName, Value } from '../../../src/contract/index.ts'
import type { Result } from '../../../src/contract/result.ts'
import { openForReading } from '../../../src/engine/store/database.ts'
import { built } from '../../built.ts'
import { loadCapture, type CapturedBody } from '../../captures.ts'
import { nodeCommand } from '../../node-command.ts'

/** The built headless host, on free ports and a data folder of its own, as a user runs it. */
export interface RealHost {
  readonly url: string
  readonly token: string
  /** Codex's folder, as this host believes; nothing is there yet. */
  readonly codexHome: string
  /** Answers a procedure, as the page's bridge does. */
  call<N extends ProcedureName>(name: N, params: Params<N>): Promise<Value<N>>
  /** Sends the bodies of a recorded run to the HTTP receiver. */
  feed(capture: string): Promise<void>
  /** The same of one body. */
  send(body: CapturedBody): Promise<void>
  /** Waits until no session's facts, and shares of its turns, are behind its records. */
  settled(): Promise<void>
}

/** Which ports to receive at; 0: any that is free. */
type Ports = Record<'grpc' | 'http', number | string>

export async function startRealHost(
  otlp: Ports = { grpc: 0, http: 0 },
): Promise<{ readonly host: RealHost; readonly stop: () => Promise<void> }> {
  const dataDir = realpathSync(mkdtempSync(join(tmpdir(), 'colophon-real-host-')))
  const ports = ['--port', '0', '--otlp-grpc-port', String(otlp.grpc), '--otlp-http-port', String(otlp.http)]
  const command = nodeCommand(built('main/cli.js'), 'serve', '--json', '--no-open', '--data', dataDir, ...ports)
  const child = spawn(...command, {
    stdio: ['ignore', 'pipe', 'inherit'],
    // What Codex has kept on this machine is nobody's test.
    env: { ...process.env, CODEX_HOME: codexHomeIn(dataDir) },
  })
  const ended = new Promise((done) => child.once('exit', done))
  const lines = createInterface({ input: child.stdout })
  const [first] = (await Promise.race([
    new Promise<string[]>((done) => lines.once('line', (line: string) => done([line]))),
    ended.then(() => Promise.reject(new Error('the host ended before it listened'))),
  ])) as [string]
  return {
    host: hostOf(JSON.parse(first) as Announced),
    async stop() {
      child.kill('SIGTERM')
      await ended
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

/** Runs `use` with a host of its own. */
export async function withRealHost(use: (host: RealHost) => Promise<void>, otlp?: Ports): Promise<void> {
  const { host, stop } = await startRealHost(otlp)
  await use(host)
  await stop()
}

const codexHomeIn = (dataDir: string): string => join(dataDir, 'codex-home')

interface Announced {
  readonly url: string
  readonly token: string
  readonly otlpHttp: string
  readonly data: string
}

function hostOf({ url, token, otlpHttp, data }: Announced): RealHost {
  const send = async ({ signal, encoding, bytes }: CapturedBody): Promise<void> => {
    const type = encoding === 'json' ? 'application/json' : 'application/x-protobuf'
    const response = await fetch(`${otlpHttp}/v1/${signal}`, {
      method: 'POST',
      headers: { 'content-type': type },
      body: bytes,
    })
    if (response.status !== 200) throw new Error(`${signal}: ${response.status}`)
  }
  return {
    url,
    token,
    codexHome: codexHomeIn(data),
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
      for (const body of loadCapture(capture).bodies) await send(body)
    },
    send,
    async settled() {
      const db = openForReading(data)
      const behind = db
        .prepare<[], number>('SELECT (SELECT count(*) FROM unsettled) + (SELECT count(*) FROM unshared)')
        .pluck()
      await expect.poll(() => behind.get()).toBe(0)
      db.close()
    },
  }
}
