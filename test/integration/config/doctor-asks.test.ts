import { mkdirSync } from 'node:fs'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { expect, it, onTestFinished, vi } from 'vitest'
import { senderNeeds } from '../../../src/engine/receivers/sender-needs.ts'
import { homeAt, scratchHome } from '../../unit/engine/config/scratch-home.ts'
import { RunningCli } from '../hosts/cli-support.ts'
import { receiversOf } from './receivers-of.ts'

it('asks a collector that is no address of this machine only when told to, with an export that says nothing', async () => {
  const asked: string[] = []
  const server = createServer((request, response) => {
    void bodyOf(request).then((body) => {
      asked.push(
        `${request.method ?? ''} ${request.url ?? ''} ${String(body.length)} ${String(request.headers['x-team'])}`,
      )
      response.setHeader('content-type', 'application/x-protobuf').end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '::', resolve))
  onTestFinished(() => void server.close())
  const { port } = server.address() as AddressInfo
  // Loopback, written as no interface of this machine has it: so it counts as foreign, and nothing leaves.
  const at = `http://[::ffff:127.0.0.1]:${String(port)}`
  const exporter = (signal: string): string =>
    `{ otlp-http = { endpoint = "${at}/v1/${signal}", protocol = "binary", headers = { x-team = "s3cret-team" } } }`
  const home = scratchHome(
    `[otel]\nexporter = ${exporter('logs')}\ntrace_exporter = ${exporter('traces')}\nmetrics_exporter = ${exporter('metrics')}\n`,
  )
  const unasked = await home.ask('config.doctor', {})
  expect(unasked.findings.map(({ code }) => code)).toEqual(['goes_elsewhere', 'goes_elsewhere', 'goes_elsewhere'])
  expect(asked).toEqual([])

  const { findings } = await home.ask('config.doctor', { askOthers: true })
  expect(asked.sort()).toEqual(['logs', 'metrics', 'traces'].map((signal) => `POST /v1/${signal} 0 s3cret-team`))
  expect(findings.map(({ code }) => code)).toEqual(['goes_elsewhere', 'goes_elsewhere', 'goes_elsewhere'])
  for (const { message } of findings) expect(message).toContain('accepts them, but is not Colophon')
  expect(JSON.stringify(findings)).not.toContain('s3cret')
})

it.each([
  ['is not there', false, 'does not exist: Codex does not start'],
  ['is no folder', true, 'is not a folder: Codex does not start'],
])('tells that CODEX_HOME %s', async (_, isFile, words) => {
  const scratch = scratchHome('')
  const named = isFile ? scratch.file : join(scratch.home, 'absent')
  vi.stubEnv('CODEX_HOME', named)
  onTestFinished(() => void vi.unstubAllEnvs())
  const { findings } = await homeAt(named, null).ask('config.doctor', {})
  const found = findings.find(({ code }) => code === 'codex_home')
  expect(found).toMatchObject({ severity: 'error', key: 'CODEX_HOME' })
  expect(found?.message).toContain(words)
  vi.stubEnv('CODEX_HOME', scratch.home)
  const asked = await scratch.ask('config.doctor', { codexHome: named })
  const other = asked.findings.find(({ code }) => code === 'codex_home')
  expect(other).toMatchObject({ severity: 'error', key: null })
  expect(other?.message).toBe(`${named} ${words} with it as CODEX_HOME`)
})

it.each([
  ['an empty command', '  ', 'http', 'error', 'is empty'],
  ['a program that is not there', '/not/there/print-headers --all', 'http', 'error', 'which does not exist'],
  ['a command that was not run', 'print-headers', 'http', 'warning', 'runs none of your commands'],
  ['a command for gRPC', 'print-headers', 'grpc', 'warning', 'only for exporters over HTTP'],
] as const)('says of headers_helper with %s what comes of it', async (_, helper, protocol, severity, words) => {
  const scratch = scratchHome(null)
  mkdirSync(scratch.dataDir)
  const at = await receiversOf(scratch.dataDir)
  const home = scratch.withReceivers({ ...at, needs: senderNeeds(null) })
  await home.apply({ protocol })
  await home.apply({ changes: [{ key: 'headers_helper', value: helper }] })
  const { findings } = await home.ask('config.doctor', {})
  expect(findings.map(({ code, key }) => [code, key])).toEqual([['headers_helper', 'otel.headers_helper']])
  expect(findings[0]).toMatchObject({ severity, message: expect.stringContaining(words) as string })
  expect(home.read().split('\n')[(findings[0]?.line ?? 0) - 1]).toMatch(/^headers_helper = /)
})

it.skipIf(process.platform !== 'linux')('ends at once where no folder can be made', async () => {
  const { dataDir } = scratchHome(null)
  const cli = new RunningCli(['configure', '--data', dataDir, '--codex-home', '/proc/1/x'])
  expect(await cli.exitCode()).toBe(1)
  expect(cli.stderr).toMatch(/^colophon: .*nothing was written/)
})

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}
