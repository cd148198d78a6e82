import { hostname } from 'node:os'
import { procedures } from '../contract/index.ts'
import type { Engine } from '../engine/engine.ts'
import { hasDisplay, openBrowser } from './browser.ts'
import type { ServeOptions } from './options/serve.ts'
import { jsonLine } from './print.ts'

export interface Running {
  readonly version: string
  readonly dataDir: string
  readonly token: string
  readonly url: string
  readonly engine: Pick<Engine, 'receivers' | 'dispatch'>
}

/** Says where everything is: one line of JSON for programs, or a few lines for a person, and opens a browser for them. */
export async function announce(options: ServeOptions, running: Running): Promise<void> {
  const { version, dataDir, token, url, engine } = running
  const { grpc, http } = engine.receivers
  const otlpHttp = http === null ? null : `http://${http}`
  const link = `${url}/#token=${token}`
  if (options.json) {
    process.stdout.write(jsonLine('serve', { url, token, otlpGrpc: grpc, otlpHttp, data: dataDir, pid: process.pid }))
  } else {
    print(`Colophon ${version}`)
    print(`  page       ${link}`)
    print(`  OTLP/gRPC  ${grpc ?? 'not receiving'}`)
    print(`  OTLP/HTTP  ${otlpHttp ?? 'not receiving'}`)
    print(`  data       ${dataDir}`)
    if (!hasDisplay()) print(`  remote     ${forwardHint(url)}`)
  }
  await warnOfMissingReceivers(engine)
  if (!options.noOpen && !options.json && process.stdout.isTTY && hasDisplay()) openBrowser(link, dataDir)
}

function forwardHint(url: string): string {
  const { port } = new URL(url)
  return `ssh -L ${port}:127.0.0.1:${port} ${hostname()}, then open the link above on your own computer`
}

async function warnOfMissingReceivers(engine: Running['engine']): Promise<void> {
  if (engine.receivers.grpc !== null && engine.receivers.http !== null) return
  const result = await engine.dispatch('status', {})
  if (!result.ok) return
  const states = procedures.status.result.parse(result.value).receivers
  for (const { error } of [states.grpc, states.http]) {
    if (error !== null) process.stderr.write(`colophon: ${error}\n`)
  }
}

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}
