import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, vi } from 'vitest'
import type { Params, ProcedureName, Value } from '../../../src/contract/index.ts'
import type { Result } from '../../../src/contract/result.ts'
import type { PartName, Trouble } from '../../../src/contract/troubles.ts'
import { built } from '../../built.ts'
import { nodeCommand } from '../../node-command.ts'
import { announcement } from '../hosts/cli-support.ts'
import type { Command, Report } from './saboteur.ts'

const command = built('main/cli.js')
const saboteur = fileURLToPath(new URL('./saboteur.ts', import.meta.url))
const free = ['--port', '0', '--otlp-grpc-port', '0', '--otlp-http-port', '0']
/** On a machine that has much else to do. */
const patience = { timeout: 60_000, interval: 20 }

/** The headless host itself, any thread or process of which can be ended. */
export class HostUnderTest {
  readonly process: ChildProcess
  readonly reports: Report[] = []
  stderr = ''
  #running: { readonly url: string; readonly token: string } = { url: '', token: '' }
  httpPort = 0
  grpcAddress = ''

  constructor(dataDir: string, env: Readonly<Record<string, string>> = {}, wrapper: readonly string[] = []) {
    const [node, given] = nodeCommand('--import', saboteur, command, 'serve', '--json', '--data', dataDir, ...free)
    const [file, ...args] = [...wrapper, node, ...given]
    this.process = spawn(file ?? node, args, {
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      env: { ...process.env, ...env },
    })
    this.process.on('message', (report: Report) => this.reports.push(report))
    this.process.stderr?.on('data', (chunk: Buffer) => (this.stderr += chunk.toString()))
    onTestFinished(async () => {
      this.process.kill('SIGKILL')
      if (this.process.exitCode === null && this.process.signalCode === null) await once(this.process, 'exit')
    })
  }

  async started(): Promise<void> {
    const { stdout } = this.process
    if (stdout === null) throw new Error('the host has no output')
    const [line] = (await Promise.race([
      once(createInterface(stdout), 'line'),
      once(this.process, 'exit').then(() => Promise.reject(new Error(`it ended before it listened: ${this.stderr}`))),
    ])) as [string]
    const { url, token, otlpGrpc, otlpHttp } = announcement.parse(JSON.parse(line))
    this.#running = { url, token }
    this.httpPort = Number(new URL(otlpHttp ?? '').port)
    this.grpcAddress = otlpGrpc ?? ''
  }

  async call<N extends ProcedureName>(name: N, params: Params<N>): Promise<Result<Value<N>>> {
    const { url, token } = this.#running
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
    const response = await fetch(`${url}/api/${name}`, { method: 'POST', headers, body: JSON.stringify(params) })
    return (await response.json()) as Result<Value<N>>
  }

  async ask<N extends ProcedureName>(name: N, params: Params<N>): Promise<Value<N>> {
    const result = await this.call(name, params)
    if (!result.ok) throw new Error(`${name}: ${result.error.code}: ${result.error.message}\n${this.stderr}`)
    return result.value
  }

  /** How often such a part has been started. */
  starts(part: PartName): number {
    return this.reports.filter((report) => report.kind === 'started' && report.part === part).length
  }

  async running(part: PartName, starts = 1): Promise<void> {
    await vi.waitFor(() => expect(this.starts(part), this.stderr).toBeGreaterThanOrEqual(starts), patience)
  }

  order(given: Command): void {
    this.process.send(given)
  }

  /** Resolves with what is told of a part's end once that is over. */
  async toldOf(part: Trouble['of']): Promise<Trouble> {
    return await vi.waitFor(async () => {
      const trouble = (await this.ask('status', {})).troubles.find((each) => each.of === part)
      expect(trouble?.endedMs, `${part}: ${this.stderr}`).toBeTypeOf('number')
      return trouble as Trouble
    }, patience)
  }

  async stopped(): Promise<number | null> {
    this.process.kill('SIGTERM')
    if (this.process.exitCode === null) await once(this.process, 'exit')
    return this.process.exitCode
  }
}
