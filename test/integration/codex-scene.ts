import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { expect, vi } from 'vitest'
import type { Params, ProcedureName, Value } from '../../src/contract/index.ts'
import type { ScriptedModel } from '../scripted-model.ts'
import { startInTerminal, type Terminal } from '../terminal.ts'
import { temporaryFolder } from './hosts/api-support.ts'
import { RunningCli, startServe } from './hosts/cli-support.ts'

type Finding = Value<'session.findings'>['findings'][number]

/** What a run has beside. */
interface More {
  readonly args?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
}

/** The real Codex in a home of its own that Colophon has configured, and that Colophon. */
export interface Scene {
  /** `CODEX_HOME`. */
  readonly home: string
  readonly folder: string
  /** Where a program reaches that Colophon, as `serve` announces it. */
  readonly colophon: { readonly url: string; readonly token: string; readonly otlpHttp: string }
  readonly ask: <N extends ProcedureName>(name: N, params: Params<N>) => Promise<Value<N>>
  readonly exec: (model: ScriptedModel, prompt: string, more?: More) => Promise<void>
  readonly tui: (model: ScriptedModel, prompt: string) => Terminal
  /** The finding of this kind, as soon as it is there. */
  readonly found: (kind: Finding['kind']) => Promise<Finding>
  /** Applies it as the page does: what is planned is written. */
  readonly fix: (finding: Finding) => Promise<{ readonly id: string; readonly plan: Value<'fix.plan'> }>
}

export async function sceneWith(codex: string | null, settings: string): Promise<Scene> {
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
  const receiver = otlpHttp ?? ''
  const told = ['--codex-home', home, '--data', data, '--otlp-http-port', new URL(receiver).port]
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
    colophon: { url, token, otlpHttp: receiver },
    ask,
    async exec(model, prompt, { args = [], env: beside = {} } = {}) {
      const child = spawn(codex ?? '', ['exec', '--skip-git-repo-check', ...args, ...at(model), prompt], {
        ...{ cwd: folder, env: { ...env, ...beside }, stdio: ['ignore', 'ignore', 'pipe'] },
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
