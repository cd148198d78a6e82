import { readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { once } from 'node:events'
import { expect, onTestFinished, test } from 'vitest'
import { temporaryFolder } from './api-support.ts'
import { RunningCli, startServe } from './cli-support.ts'

test.each([
  ['an unknown command', ['sevre'], 'sevre'],
  ['an unknown option', ['serve', '--prot', '1'], '--prot'],
  ['a value that is missing', ['serve', '--port'], '--port'],
  ['a port that is none', ['serve', '--otlp-http-port', '65536'], '--otlp-http-port'],
  ['a time that is none', ['serve', '--lost-after', 'soon'], '--lost-after'],
  ['words too many', ['serve', 'now'], 'now'],
])('%s ends with code 2 and one line that names it', async (_case, args, named) => {
  const cli = new RunningCli(args)
  expect(await cli.exitCode()).toBe(2)
  expect(cli.stdout).toBe('')
  expect(cli.stderr).toMatch(/^colophon: .*\n$/)
  expect(cli.stderr).toContain(named)
})

test('--help teaches every option and how Codex is told to send', async () => {
  const cli = new RunningCli(['--help'])
  expect(await cli.exitCode()).toBe(0)
  const options = [
    '--host',
    '--port',
    '--otlp-grpc-port',
    '--otlp-http-port',
    '--data',
    '--lost-after',
    '--json',
    '--no-open',
  ]
  for (const option of options) expect(cli.stdout).toContain(`\n  ${option}`)
  expect(cli.stdout).toContain('config.toml')
})

test('a budget that nothing is known of is not one that is passed', async () => {
  const cli = new RunningCli(['budget', '--check', '--day', '5', '--data', temporaryFolder()])
  expect(await cli.exitCode()).toBe(4)
  expect(cli.stderr).toContain('there is no Colophon database')
})

test('--version is the package’s', async () => {
  const cli = new RunningCli(['--version'])
  expect(await cli.exitCode()).toBe(0)
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }
  expect(cli.stdout).toBe(`${version}\n`)
})

test('a port that was asked for and is taken ends with code 1 and the name of its holder', async () => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  const port = String((server.address() as AddressInfo).port)
  const cli = startServe(temporaryFolder(), '--port', port)
  expect(await cli.exitCode()).toBe(1)
  expect(cli.stderr).toContain(`port ${port} is taken`)
  if (process.platform === 'linux') expect(cli.stderr).toContain(`(pid ${String(process.pid)})`)
  expect(cli.stdout).toBe('')
})
