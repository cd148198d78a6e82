import { statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { procedures } from '../../../src/contract/index.ts'
import { temporaryFolder } from './api-support.ts'
import { RunningCli, freePorts, startServe } from './cli-support.ts'

async function readStatus({ url, token }: { url: string; token: string }) {
  const response = await fetch(`${url}/api/status`, { method: 'POST', headers: { authorization: `Bearer ${token}` } })
  const answer = (await response.json()) as { value: unknown }
  return procedures.status.result.parse(answer.value)
}

test('the JSON line tells programs where everything is', async () => {
  const data = temporaryFolder()
  const cli = startServe(data)
  const told = await cli.announced()
  expect(told).toMatchObject({ data, pid: cli.process.pid })
  expect(told.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
  const status = await readStatus(told)
  expect(status).toMatchObject({ pid: told.pid, dataDir: data })
  expect(status.receivers.grpc.address).toBe(told.otlpGrpc)
  expect(`http://${status.receivers.http.address ?? ''}`).toBe(told.otlpHttp)
})

test('telemetry sent to the announced address shows in the status', async () => {
  const told = await startServe(temporaryFolder()).announced()
  const body = JSON.stringify({
    resourceLogs: [{ scopeLogs: [{ logRecords: [{ observedTimeUnixNano: '1', body: { stringValue: 'hello' } }] }] }],
  })
  const headers = { 'content-type': 'application/json' }
  const answer = await fetch(`${told.otlpHttp ?? ''}/v1/logs`, { method: 'POST', headers, body })
  expect(answer.status).toBe(200)
  expect((await readStatus(told)).signals.logs.records).toBe(1)
})

test.each(['SIGTERM', 'SIGINT'] as const)('%s stops it, whoever still listens, with code 0', async (signal) => {
  const cli = startServe(temporaryFolder())
  const { url, token } = await cli.announced()
  // An open stream of pushes must not hold it up.
  const stream = await fetch(`${url}/api/changes`, { headers: { authorization: `Bearer ${token}` } })
  cli.process.kill(signal)
  cli.process.kill(signal)
  expect(await cli.exitCode()).toBe(0)
  expect(cli.stderr).toBe('')
  await stream.body?.cancel().catch(() => undefined)
})

test('a link stays good across a restart', async () => {
  const data = temporaryFolder()
  const first = startServe(data)
  const { token } = await first.announced()
  first.process.kill('SIGTERM')
  await first.exitCode()
  expect((await startServe(data).announced()).token).toBe(token)
  expect(statSync(join(data, 'token')).mode & 0o777).toBe(0o600)
})

test('a data folder is opened by one process at a time', async () => {
  const data = temporaryFolder()
  const first = startServe(data)
  const { url } = await first.announced()
  const second = startServe(data)
  expect(await second.exitCode()).toBe(1)
  const holder = `process ${String(first.process.pid)}`
  expect(second.stderr).toBe(`colophon: another Colophon (${holder}) is using ${data}; its page is ${url}\n`)
  expect(second.stdout).toBe('')
})

test('a person is told the link with its token, the receivers and the data folder', async () => {
  const data = temporaryFolder()
  const cli = new RunningCli(['serve', '--data', data, '--no-open', ...freePorts])
  await cli.until(new RegExp(` ${data}\n`))
  expect(cli.stdout).toMatch(/ http:\/\/127\.0\.0\.1:\d+\/#token=[\w-]{43}\n/)
  expect(cli.stdout).toMatch(/OTLP\/gRPC +127\.0\.0\.1:\d+\n/)
  expect(cli.stdout).toMatch(/OTLP\/HTTP +http:\/\/127\.0\.0\.1:\d+\n/)
})

test('a receiver whose port is taken is said to be missing, and the rest works', async () => {
  const taken = (await startServe(temporaryFolder()).announced()).otlpHttp ?? ''
  const cli = startServe(temporaryFolder(), '--otlp-http-port', new URL(taken).port)
  const told = await cli.announced()
  expect(told.otlpHttp).toBeNull()
  expect(told.otlpGrpc).not.toBeNull()
  expect((await readStatus(told)).receivers.http.error).toContain(new URL(taken).port)
})
