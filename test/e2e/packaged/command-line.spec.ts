import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { commands, type CommandName } from '../../../src/cli/commands.ts'
import { loadCapture } from '../../captures.ts'
import { environmentAt, expect, starter, test } from './packaged-app.ts'

/** As on a machine without a display. */
function headless(home: string): NodeJS.ProcessEnv {
  const { DISPLAY: _, ...env } = environmentAt(home)
  return env
}

function run(home: string, ...args: string[]) {
  return spawnSync(starter, args, { env: headless(home), encoding: 'utf8', timeout: 120_000, maxBuffer: 1 << 28 })
}

/** Those that end by themselves and need nothing beyond a data folder, each with what it says of the session in it. */
function answersOf(
  conversation: string,
): Readonly<Partial<Record<CommandName, readonly [args: string[], says: string]>>> {
  return {
    sessions: [[], conversation.slice(0, 13)],
    show: [[conversation], 'Waterfall'],
    explain: [['last'], conversation],
    costs: [['--since', '2020-01-01'], 'calls'],
    limits: [[], 'Nothing is known about the limits'],
    budget: [['--check', '--month', '1000'], 'within'],
    statusline: [[], 'today'],
    resume: [['last'], `codex resume ${conversation}`],
    export: [['last', '--format', 'markdown'], conversation],
    history: [[], 'history is off'],
    mcp: [[], ''],
    completion: [['bash'], 'complete '],
  }
}
/** These have tests of their own here, wait for something, or reach what a data folder does not hold. */
const otherwise: readonly CommandName[] = ['serve', 'watch', 'import', 'configure', 'doctor', 'project']

function expectAnswers(home: string, conversation: string): void {
  const answers = answersOf(conversation)
  expect([...Object.keys(answers), ...otherwise].sort()).toEqual(Object.keys(commands).sort())
  for (const [name, [args, says]] of Object.entries(answers)) {
    const { status, stdout } = run(home, name, ...args)
    expect([name, status, stdout]).toEqual([name, 0, expect.stringContaining(says)])
  }
}

test('help teaches every command, and a wrong call ends with code 2', ({ home }) => {
  const help = run(home, '--help')
  expect(help.status).toBe(0)
  for (const command of Object.keys(commands)) expect(help.stdout).toContain(`  ${command} `)
  const wrong = run(home, 'serve', '--nonsense')
  expect(wrong.status).toBe(2)
  expect(wrong.stderr).toContain('--help')
})

test('serve ends where Chromium’s network service no longer answers', async ({ home }) => {
  const ports = ['--port', '0', '--otlp-grpc-port', '0', '--otlp-http-port', '0']
  const served = spawn(starter, ['serve', ...ports], {
    env: headless(home),
    stdio: ['ignore', 'pipe', 'ignore'],
    detached: true,
  })
  const gone = once(served, 'exit')
  let said = ''
  served.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()))
  await expect.poll(() => said).toContain('remote   ')
  const network = networkServiceOf(served.pid ?? 0)
  process.kill(network, 'SIGSTOP')
  try {
    served.kill('SIGTERM')
    expect(await Promise.race([gone, setTimeout(60_000, 'it goes on')])).toEqual([0, null])
  } finally {
    process.kill(network, 'SIGKILL')
    served.kill('SIGKILL')
  }
})

test('configure writes, doctor says what is wrong with its exit code', ({ home }) => {
  expect(run(home, 'doctor').status).toBe(1)
  expect(run(home, 'configure').status).toBe(0)
  expect(readFileSync(join(home, 'codex-home', 'config.toml'), 'utf8')).toMatch(/^trace_exporter = /m)
})

/** Chromium's own, of a program that was started in a process group of its own. */
function networkServiceOf(group: number): number {
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      // Behind the name, which is in brackets: the state, the parent, the group.
      const [, , of] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
      const isIts = Number(of) === group && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('NetworkService')
      if (isIts) return Number(pid)
    } catch {
      // It has ended meanwhile.
    }
  }
  throw new Error('no network service')
}

test('serve receives without a display, tells how to reach it, and ends cleanly', async ({ home }) => {
  const ports = ['--port', '0', '--otlp-grpc-port', '0', '--otlp-http-port', '0']
  const served = spawn(starter, ['serve', ...ports], {
    env: headless(home),
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  const gone = once(served, 'exit')
  try {
    let said = ''
    served.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()))
    await expect.poll(() => said).toContain('remote   ')
    expect(said).toMatch(/ssh -L (\d+):127\.0\.0\.1:\1 /)
    const otlp = /OTLP\/HTTP +(\S+)/.exec(said)?.[1] ?? ''
    for (const { signal, bytes } of loadCapture('02_classic').bodies) {
      const headers = { 'content-type': 'application/x-protobuf' }
      expect((await fetch(`${otlp}/v1/${signal}`, { method: 'POST', headers, body: bytes })).status).toBe(200)
    }
    const [, link = '', token = ''] = /page +(\S+)\/#token=(\S+)/.exec(said) ?? []
    const ask = await fetch(`${link}/api/sql.run`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ sql: 'SELECT count(*) AS n FROM sessions' }),
    })
    // The console has a process of its own, which the packaged app starts in another way than Node does.
    expect(await ask.json()).toMatchObject({ ok: true, value: { rows: [[1]] } })
    expect(run(home, 'show', 'last').stdout).toContain('Waterfall')
  } finally {
    // As a service manager does it: every process of the service at once.
    if (served.pid !== undefined) process.kill(-served.pid, 'SIGTERM')
  }
  expect(await gone).toEqual([0, null])

  const [{ conversation } = { conversation: '' }] = loadCapture('02_classic').conversations
  const file = join(home, 'session.json')
  expect(run(home, 'export', conversation, '-o', file).status).toBe(0)
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ format: 'colophon.session' })
  const printed = run(home, 'export', conversation)
  expect(printed.stdout === readFileSync(file, 'utf8')).toBe(true)
  expect(run(home, 'import', file).stdout).toMatch(/0 new|nothing new|already/i)
  expectAnswers(home, conversation)
  // Chromium's own folder would be here.
  expect(existsSync(join(home, '.config'))).toBe(false)
})
