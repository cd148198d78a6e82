import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { realCodex } from '../../real-codex.ts'
import { scriptedModel, type ScriptedModel } from '../../scripted-model.ts'
import { temporaryFolder } from '../hosts/api-support.ts'
import { RunningCli, startServe } from '../hosts/cli-support.ts'
import { connect } from './client-under-test.ts'

const codex = realCodex('that it asks Colophon')

/** Runs one prompt to its end, with the configuration of the home. */
async function runCodex(
  home: string,
  folder: string,
  model: ScriptedModel,
  configured: Readonly<Record<string, string>> = {},
): Promise<void> {
  const settings = {
    model_provider: '"scripted"',
    'model_providers.scripted': `{ name = "Scripted", base_url = "${model.url}", wire_api = "responses", env_key = "SCRIPTED_KEY" }`,
    approval_policy: '"never"',
    sandbox_mode: '"danger-full-access"',
    features: '{ plugins = false, apps = false }',
    ...configured,
  }
  const overrides = Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`])
  const args = ['exec', '--skip-git-repo-check', '-C', folder, ...overrides, '-m', 'gpt-5.5', 'Why was it slow?']
  const env = { ...process.env, CODEX_HOME: home, SCRIPTED_KEY: 'none' }
  const child = spawn(codex ?? '', args, { env, stdio: ['ignore', 'ignore', 'pipe'] })
  let words = ''
  child.stderr.on('data', (chunk: Buffer) => (words += chunk.toString()))
  await once(child, 'close')
  expect(child.exitCode, words.slice(-2000)).toBe(0)
}

test.skipIf(codex === null)(
  'the real Codex, configured by Colophon, asks it and gets the verdict of a session that it has just run',
  async () => {
    const root = temporaryFolder()
    const [home, folder, data] = [join(root, 'home'), join(root, 'project'), join(root, 'data')]
    for (const made of [home, folder]) mkdirSync(made)
    const { otlpHttp } = await startServe(data).announced()
    const port = new URL(otlpHttp ?? '').port
    const told = ['--codex-home', home, '--data', data, '--otlp-http-port', port]
    expect(await new RunningCli(['configure', '--mcp', '--http', ...told]).exitCode()).toBe(0)
    expect(readFileSync(join(home, 'config.toml'), 'utf8')).toContain('[mcp_servers.colophon]')

    await runCodex(home, folder, await scriptedModel(() => ({ say: 'Done.' })))
    const { call } = await connect(data, folder)
    const listed = async () => (await call('list_sessions')).sessions as { id: string; state: string }[]
    while (!(await listed()).some(({ state }) => state === 'done')) await new Promise((done) => setTimeout(done, 100))
    const [first] = await listed()
    const { verdict } = await call('explain_session', { session: first?.id ?? '' })
    expect(verdict).toMatch(/% of /)

    const ask = { call: 'explain_session', namespace: 'mcp__colophon', args: { session: first?.id } }
    // Codex asks the model before its servers are up, and says of a call meanwhile that there is no such tool.
    const model = await scriptedModel((outputs) =>
      outputs.at(-1)?.includes('unsupported call') === false ? { say: 'That is why.' } : ask,
    )
    // Codex gives a server half a minute to start, and never has one that took longer.
    await runCodex(home, folder, model, { 'mcp_servers.colophon.startup_timeout_sec': '900' })
    expect(model.outputs.join('\n')).toContain(JSON.stringify(verdict).slice(1, -1))
  },
)
