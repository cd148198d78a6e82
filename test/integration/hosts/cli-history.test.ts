import { join } from 'node:path'
import { expect, test } from 'vitest'
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

test('history scan of a folder that is not there says so, and is no failure', async () => {
  const { home, data } = homeOf('01_fix')
  const cli = new RunningCli(['history', 'scan', '--codex-home', `${home}-gone`, '--data', data, '--json'])
  expect(await cli.exitCode()).toBe(0)
  expect(cli.stderr).toContain('home-gone: no such folder')
  expect(JSON.parse(cli.stdout)).toMatchObject({ files: 0, sessions: 0 })
})

test('history with another word ends with code 2', async () => {
  const cli = new RunningCli(['history', 'remember'])
  expect(await cli.exitCode()).toBe(2)
  expect(cli.stderr).toContain('remember')
})
