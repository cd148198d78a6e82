import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { realCodex } from '../../real-codex.ts'
import { scriptedModel } from '../../scripted-model.ts'
import { silence, withEngine } from '../engine/engine-under-test.ts'
import { follow, patience } from './home-under-test.ts'
import { inTemporaryHome } from './rollout-facts.ts'

const codex = realCodex('that its sessions show while they run and when they are killed, without telemetry')

test.skipIf(codex === null || process.platform === 'win32')(
  'a session of the real Codex without telemetry shows while it runs, and stays when its process is killed',
  () =>
    inTemporaryHome(async (root) => {
      const [home, folder, dataDir] = [join(root, 'home'), join(root, 'project'), join(root, 'data')]
      for (const made of [home, folder]) mkdirSync(made)
      vi.stubEnv('CODEX_HOME', home)
      const go = join(folder, 'go')
      const model = await scriptedModel(() => ({
        call: 'exec_command',
        args: { cmd: `until [ -e '${go}' ]; do sleep 0.1; done`, yield_time_ms: 30_000 },
      }))
      const settings = {
        model_provider: '"scripted"',
        'model_providers.scripted': `{ name = "Scripted", base_url = "${model.url}", wire_api = "responses", env_key = "SCRIPTED_KEY" }`,
        approval_policy: '"never"',
        sandbox_mode: '"danger-full-access"',
        features: '{ plugins = false, apps = false }',
      }
      const overrides = Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`])
      const args = ['exec', '--skip-git-repo-check', '-C', folder, ...overrides, '-m', 'gpt-5.5', 'Wait for it.']
      await withEngine({ dataDir, silenceMs: silence.everythingIsNew }, async (engine) => {
        await follow(engine, home)
        // A group of its own: the program that is killed is started by the one that is started here.
        const child = spawn(codex ?? '', args, {
          env: { ...process.env, SCRIPTED_KEY: 'none' },
          stdio: 'ignore',
          detached: true,
        })
        const closed = once(child, 'close')
        const told = async () => (await engine.ask('session.list', {})).sessions
        const running = { witness: 'file', state: 'live', title: 'Wait for it.', turns: 1, apiCalls: 1 }
        try {
          await vi.waitFor(async () => expect(await told()).toMatchObject([running]), patience)
          expect(child.exitCode).toBeNull()
        } finally {
          process.kill(-(child.pid ?? 0), 'SIGKILL')
          await closed
          writeFileSync(go, '')
        }
        await engine.ask('history.scan', {})
        await engine.settled()
        expect(await told()).toMatchObject([{ witness: 'file', turns: 1, apiCalls: 1 }])
      })
      vi.unstubAllEnvs()
    }),
)
