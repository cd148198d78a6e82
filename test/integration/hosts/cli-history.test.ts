import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { history } from '../../../src/cli/history.ts'
import { loadRolloutRun } from '../../rollouts.ts'
import { temporaryFolder } from './api-support.ts'
import { RunningCli, startServe } from './cli-support.ts'

async function json(...args: string[]): Promise<unknown> {
  const cli = new RunningCli(['history', ...args, '--json'])
  expect(await cli.exitCode(), cli.stderr).toBe(0)
  return JSON.parse(cli.stdout)
}

function homeOf(run: string): { home: string; data: string } {
  const folder = temporaryFolder()
  const home = join(folder, 'home')
  loadRolloutRun(run).unpackInto(home)
  return { home, data: join(folder, 'data') }
}

const scanned = { files: 3, sessions: 3, skipped: 0 }

test('history reads, tells and forgets in a folder that nobody uses', async () => {
  const { home, data } = homeOf('03_agents')
  expect(await json('scan', '--codex-home', home, '--data', data)).toMatchObject(scanned)
  expect(await json('status', '--data', data)).toMatchObject({ enabled: false, read: { files: 3, sessions: 3 } })
  expect(await json('forget', '--data', data)).toEqual({ files: 3 })
  expect(await json('status', '--data', data)).toMatchObject({ read: { files: 0 } })
})

test('history asks the Colophon that uses the folder', async () => {
  const { home, data } = homeOf('03_agents')
  const serve = startServe(data)
  await serve.announced()
  expect(await json('scan', '--codex-home', home, '--data', data)).toMatchObject(scanned)
  const found = [{ path: home, files: 3, problem: null }]
  expect(await json('status', '--codex-home', home, '--data', data)).toMatchObject({ found })
  expect(await json('forget', '--data', data)).toEqual({ files: 3 })
})

test('history asks it for the home that CODEX_HOME says where it is asked', async () => {
  const { home, data } = homeOf('03_agents')
  vi.stubEnv('CODEX_HOME', join(home, 'elsewhere'))
  onTestFinished(() => void vi.unstubAllEnvs())
  const serve = startServe(data)
  await serve.announced()
  vi.stubEnv('CODEX_HOME', home)
  expect(await json('status', '--data', data)).toMatchObject({ found: [{ path: home, files: 3, problem: null }] })
  expect(await json('scan', '--data', data)).toMatchObject(scanned)
})

test.each([
  ['an option', { named: true, CODEX_HOME: '' }, 1],
  ['CODEX_HOME', { named: false, CODEX_HOME: 'gone' }, 1],
  ['nobody', { named: false, CODEX_HOME: '' }, undefined],
])('history scan says that the folder named by %s is not there', async (_, { named, CODEX_HOME }, code) => {
  const folder = temporaryFolder()
  const gone = join(folder, CODEX_HOME || '.codex')
  for (const name of ['HOME', 'USERPROFILE']) vi.stubEnv(name, folder)
  vi.stubEnv('CODEX_HOME', CODEX_HOME && gone)
  const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  const printed = vi.spyOn(process.stdout, 'write').mockReturnValue(true)
  const before = process.exitCode
  process.exitCode = undefined
  onTestFinished(() => {
    process.exitCode = before
    vi.restoreAllMocks()
    vi.unstubAllEnvs()
  })
  await history({ what: 'scan', codexHome: named ? gone : null, dataDir: join(folder, 'data'), json: true })
  expect(said.mock.calls).toEqual([[`${gone}: there is no such folder\n`]])
  expect(JSON.parse(String(printed.mock.calls[0]?.[0]))).toMatchObject({ files: 0, sessions: 0 })
  expect(process.exitCode).toBe(code)
})

test('history with another word ends with code 2', async () => {
  const cli = new RunningCli(['history', 'remember'])
  expect(await cli.exitCode()).toBe(2)
  expect(cli.stderr).toContain('remember')
})
