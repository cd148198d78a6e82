import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { RunningCli } from './cli-support.ts'

test.skipIf(process.platform === 'win32')(
  'Ctrl-C ends sessions --team, and what the server works on for it',
  async () => {
    let begun: (asked: string) => void = () => undefined
    const hasBegun = new Promise<string>((done) => (begun = done))
    const told: string[] = []
    // A server that takes its time with the first question, and does what it is told.
    const server = createServer((request, response) => {
      const id = new URL(request.url ?? '', 'http://server').searchParams.get('query_id') ?? ''
      request.setEncoding('utf8')
      let body = ''
      request.on('data', (text: string) => (body += text))
      request.on('end', () => {
        if (!body.startsWith('KILL QUERY')) return begun(id)
        told.push(decodeURIComponent(request.url ?? ''))
        response.end()
      })
    })
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    onTestFinished(() => {
      server.closeAllConnections()
      server.close()
    })
    const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`
    const cli = new RunningCli(['sessions', '--team', '--clickhouse', url, '--user', 'reader'])
    const id = await hasBegun
    cli.process.kill('SIGINT')
    expect(await cli.exitCode()).toBe(1)
    expect({ stdout: cli.stdout, stderr: cli.stderr }).toEqual({ stdout: '', stderr: 'colophon: stopped\n' })
    expect(told.join()).toContain(id)
    expect(id).toMatch(/^colophon-/)
  },
)
