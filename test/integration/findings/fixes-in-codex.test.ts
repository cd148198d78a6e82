import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { expect, test, vi } from 'vitest'
import type { Params, ProcedureName, Value } from '../../../src/contract/index.ts'
import { realCodex } from '../../real-codex.ts'
import { scriptedModel, type ScriptedModel, type Step } from '../../scripted-model.ts'
import { hasTerminal, startInTerminal, type Terminal } from '../../terminal.ts'
import { temporaryFolder } from '../hosts/api-support.ts'
import { RunningCli, startServe } from '../hosts/cli-support.ts'

const codex = realCodex('what fixes of findings change in it')
const isShown = hasTerminal('that Codex asks no more after a fix')

type Finding = Value<'session.findings'>['findings'][number]

/** The real Codex in a home of its own that Colophon has configured, and that Colophon. */
interface Scene {
  readonly home: string
  readonly folder: string
  readonly ask: <N extends ProcedureName>(name: N, params: Params<N>) => Promise<Value<N>>
  readonly exec: (model: ScriptedModel, prompt: string) => Promise<void>
  readonly tui: (model: ScriptedModel, prompt: string) => Terminal
  /** The finding of this kind, as soon as it is there. */
  readonly found: (kind: Finding['kind']) => Promise<Finding>
  /** Applies it as the page does: what is planned is written. */
  readonly fix: (finding: Finding) => Promise<{ readonly id: string; readonly plan: Value<'fix.plan'> }>
}

async function sceneWith(settings: string): Promise<Scene> {
  const root = temporaryFolder()
  const [home, folder, bin, data] = ['codex', 'project', 'bin', 'data'].map((name) => join(root, name)) as [
    string,
    string,
    string,
    string,
  ]
  for (const made of [home, folder, bin]) mkdirSync(made)
  writeFileSync(join(home, 'config.toml'), `${settings}\n${quiet(folder)}`)
  // Where Colophon looks for the user's own codex.
  symlinkSync(codex ?? '', join(bin, 'codex'))
  const path = `${bin}${delimiter}${process.env.PATH ?? ''}`
  vi.stubEnv('PATH', path)
  const serve = startServe(data)
  vi.unstubAllEnvs()
  const { url, token, otlpHttp } = await serve.announced()
  const told = ['--codex-home', home, '--data', data, '--otlp-http-port', new URL(otlpHttp ?? '').port]
  expect(await new RunningCli(['configure', '--http', ...told]).exitCode()).toBe(0)

  const ask: Scene['ask'] = async (name, params) => {
    const answer = await fetch(new URL(`/api/${name}`, url), {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(params),
    })
    const text = await answer.text()
    expect(answer.status, text).toBe(200)
    return (JSON.parse(text) as { value: never }).value
  }
  // What Codex asks of others than its model (news, a newer version) gets no further than this machine.
  const nowhere = 'http://127.0.0.1:9'
  const env = {
    ...{ PATH: path, HOME: root, LANG: 'C.UTF-8', SHELL: '/bin/bash', CODEX_HOME: home, SCRIPTED_KEY: 'none' },
    ...{ HTTP_PROXY: nowhere, HTTPS_PROXY: nowhere, NO_PROXY: '127.0.0.1' },
  }
  const at = ({ url: base }: ScriptedModel): string[] => [
    '-c',
    `model_providers.scripted={ name = "Scripted", base_url = "${base}", wire_api = "responses", env_key = "SCRIPTED_KEY" }`,
  ]
  return {
    home,
    folder,
    ask,
    async exec(model, prompt) {
      const child = spawn(codex ?? '', ['exec', '--skip-git-repo-check', ...at(model), prompt], {
        ...{ cwd: folder, env, stdio: ['ignore', 'ignore', 'pipe'] },
      })
      let words = ''
      child.stderr.on('data', (chunk: Buffer) => (words += chunk.toString()))
      await once(child, 'close')
      expect(child.exitCode, words.slice(-2000)).toBe(0)
    },
    tui: (model, prompt) =>
      startInTerminal([codex ?? '', '--no-daemon', ...at(model), prompt], { scratch: root, folder, env }),
    async found(kind) {
      const look = async (): Promise<Finding | undefined> => {
        const { sessions } = await ask('session.list', {})
        const all = await Promise.all(sessions.map(({ id }) => ask('session.findings', { id })))
        return all.flatMap(({ findings }) => findings).find((finding) => finding.kind === kind)
      }
      return vi.waitUntil(look, { interval: 200 })
    },
    async fix({ kind, subject, fix }) {
      if (fix === null) throw new Error(`${kind} has no fix`)
      const of = { codexHome: home, kind, subject, fix }
      const plan = await ask('fix.plan', of)
      const { id } = await ask('fix.apply', { ...of, fingerprint: plan.fingerprint })
      return { id: id ?? '', plan }
    },
  }
}

/** What Codex would ask or tell a newcomer. */
const quiet = (folder: string): string => `
model = "gpt-5.5"
model_provider = "scripted"
check_for_update_on_startup = false
[projects."${folder}"]
trust_level = "trusted"
[features]
plugins = false
apps = false
[notice]
hide_full_access_warning = true
[notice.model_migrations]
"gpt-5.5" = "gpt-6-sol"
[tui]
screen_reader_detection_done = true
`

/** A model that has each command run outside of the sandbox, which Codex asks the user about. */
const outside =
  (...commands: readonly string[]) =>
  (outputs: readonly string[]): Step => {
    const cmd = commands[outputs.length]
    return cmd === undefined
      ? { say: 'All made.' }
      : {
          call: 'exec_command',
          args: { cmd, sandbox_permissions: 'require_escalated', justification: 'May I make a repository?' },
        }
  }

const isAsked = ({ screen }: Terminal): boolean => screen().includes('Would you like to run')

test.skipIf(codex === null || !isShown)(
  'after the fix for its approvals the TUI runs the command unasked, and asks again once that is undone',
  async () => {
    const { home, folder, ask, tui, found, fix } = await sceneWith(
      'approval_policy = "on-request"\nsandbox_mode = "workspace-write"',
    )
    const rules = join(home, 'rules', 'colophon.rules')
    const own = '# by hand, without a line end\r\nprefix_rule(pattern = ["git", "log"], decision = "allow")'
    mkdirSync(join(home, 'rules'))
    writeFileSync(rules, own)

    const asking = await scriptedModel(outside('git init -q one', 'git init -q two', 'git init -q three'))
    const first = tui(asking, 'Make three repositories.')
    for (const given of [1, 2, 3]) {
      await first.until(() => isAsked(first))
      first.press('y')
      await first.until(() => asking.outputs.length === given)
    }
    await first.until(() => first.screen().includes('All made.'))
    await first.quit()

    const finding = await found('approval-friction')
    expect(finding).toMatchObject({
      subject: 'git init',
      times: 3,
      fix: { type: 'rule', prefix: ['git', 'init', '-q'] },
    })
    const { id, plan } = await fix(finding)
    expect(plan.check).toMatchObject({ state: 'checked', allowed: 3, neighbours: 10 })
    expect(readFileSync(rules, 'utf8')).toContain('prefix_rule(pattern = ["git", "init", "-q"], decision = "allow")')

    const trusting = await scriptedModel(outside('git init -q four'))
    const second = tui(trusting, 'Make a fourth.')
    // No key is pressed: were it asked about, nothing would go on.
    await second.until(() => second.screen().includes('All made.') || isAsked(second))
    expect(second.screen()).not.toContain('Would you like to run')
    expect(trusting.outputs).toHaveLength(1)
    expect(existsSync(join(folder, 'four', '.git'))).toBe(true)
    await second.quit()

    await ask('fix.undo', { id })
    expect(readFileSync(rules, 'utf8')).toBe(own)
    const again = await scriptedModel(outside('git init -q five'))
    const third = tui(again, 'Make a fifth.')
    await third.until(() => isAsked(third))
    await third.quit()
    expect(again.outputs).toEqual([])
    expect(existsSync(join(folder, 'five'))).toBe(false)
  },
)

test.skipIf(codex === null)(
  'after the fix for its effort Codex asks the model for less, and undo brings the bytes back',
  async () => {
    const { home, ask, exec, found, fix } = await sceneWith('model_reasoning_effort = "high" # as ever')
    const thinking = await scriptedModel(() => ({ say: 'Forty-two.', reasoningTokens: 4000 }))
    await exec(thinking, 'How many?')
    expect(new Set(thinking.efforts)).toEqual(new Set(['high']))

    const config = join(home, 'config.toml')
    const before = readFileSync(config)
    const { id, plan } = await fix(await found('reasoning-share'))
    expect(plan.diff).toContain('+model_reasoning_effort = "medium" # as ever')
    const quicker = await scriptedModel(() => ({ say: 'Forty-two.' }))
    await exec(quicker, 'How many again?')
    expect(new Set(quicker.efforts)).toEqual(new Set(['medium']))

    await ask('fix.undo', { id })
    expect(readFileSync(config)).toEqual(before)
  },
)
