import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { openForWriting } from '../../../src/engine/store/database.ts'
import { storeCapture } from '../exchange/sessions.ts'
import { temporaryFolder } from '../hosts/api-support.ts'
import { RunningCli, startServe } from '../hosts/cli-support.ts'

async function explain(...args: string[]): Promise<{ code: number | null; stdout: string; stderr: string }> {
  return run('explain', ...args)
}

async function run(...args: string[]): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const cli = new RunningCli(args)
  return { code: await cli.exitCode(), stdout: cli.stdout, stderr: cli.stderr }
}

test('the command line explains a session, beside a Colophon that runs on the folder too', async () => {
  const data = join(temporaryFolder(), 'data')
  const [id = ''] = storeCapture(data, '03_errors_retries')
  const serve = startServe(data)
  await serve.announced()
  const renamed = openForWriting(data)
  renamed.prepare('UPDATE session SET title = ?').run('the \u001b[2Jcart')
  renamed.close()
  vi.stubEnv('FORCE_COLOR', '1')
  const painted = run('show', '--data', data)
  vi.unstubAllEnvs()
  const [shown, words, json, none, unknown, many] = await Promise.all([
    painted,
    explain('--data', data),
    explain(id.slice(0, 20), '--json', '--data', data),
    explain('last', '--data', join(data, 'none')),
    explain('nobody', '--data', data),
    explain('a', 'b', '--data', data),
  ])
  // Its own colours reach the terminal, and no one else's.
  expect(shown).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('\u001b[1mthe \\u001b[2Jcart\u001b[0m\n') as string,
  })
  expect(words.code).toBe(0)
  expect(words.stdout).toContain(`(${id})\n99 % of 1.7 s busy time was retries: a request over the rate limit.`)
  expect(words.stdout).toContain('\n- The API refused once for too many requests: 1.0 s of retries\n  Running fewer')
  const told = JSON.parse(json.stdout) as { id: string; findings: { kind: string; lostMs: number }[] }
  expect(told.id).toBe(id)
  expect(told.findings.map(({ kind }) => kind)).toEqual(['rate-limit', 'api-unstable'])
  expect(none).toMatchObject({ code: 1, stdout: '' })
  expect(unknown).toMatchObject({ code: 1, stderr: 'colophon: there is no session nobody\n' })
  expect(many.code).toBe(2)
})
