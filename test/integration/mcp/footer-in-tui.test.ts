import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { realCodex } from '../../real-codex.ts'
import { scriptedModel } from '../../scripted-model.ts'
import { temporaryFolder } from '../hosts/api-support.ts'
import { RunningCli, startServe } from '../hosts/cli-support.ts'
import { hasTmux, openTui } from './tui.ts'

const codex = realCodex('that its TUI draws the footer')
const isThere = hasTmux('that the TUI of Codex draws the footer')

/** As the pickers of the TUI write it, with what it would ask at its first start. */
const chosen = (modelUrl: string, folder: string): string => `
model = "gpt-5.5"
model_provider = "scripted"
approval_policy = "never"
sandbox_mode = "danger-full-access"
[model_providers.scripted]
name = "Scripted"
base_url = "${modelUrl}"
wire_api = "responses"
env_key = "SCRIPTED_KEY"
[features]
plugins = false
apps = false
daemon_auto_start = false
tui_extensions_statusline = true
[tui]
status_line_provider = { server = "colophon", tool = "footer" }
[tui.model_availability_nux]
"gpt-6.1-sol" = 1
[notice.model_migrations]
"gpt-5.5" = "gpt-6-sol"
[projects."${folder}"]
trust_level = "trusted"
`

test.skipIf(codex === null || !isThere)(
  "Codex's own TUI draws the footer, wide and narrow, of the thread that it shows, and anew when that goes on",
  async () => {
    const root = temporaryFolder()
    const [home, folder, data] = [join(root, 'home'), join(root, 'project'), join(root, 'data')]
    for (const made of [home, folder]) mkdirSync(made)
    const { otlpHttp } = await startServe(data).announced()
    const model = await scriptedModel(() => ({ say: 'Done.' }))
    writeFileSync(join(home, 'config.toml'), chosen(model.url, folder))
    const told = ['--codex-home', home, '--data', data, '--otlp-http-port', new URL(otlpHttp ?? '').port]
    expect(await new RunningCli(['configure', '--mcp', '--http', ...told]).exitCode()).toBe(0)
    const env = { ...process.env, CODEX_HOME: home, SCRIPTED_KEY: 'none', LANG: 'C.UTF-8', TERM: 'xterm-256color' }
    const tui = openTui([codex ?? ''], { columns: 200, folder, env })

    const say = async (words: string): Promise<void> => {
      tui.type(words)
      await tui.shows(new RegExp(`› ${words}`))
      tui.press('Enter')
    }
    const usdIn = (screen: string): string => /^ {2}(\$[\d.]+) +today /m.exec(screen)?.[1] ?? ''
    await tui.shows(/Ask Codex[^]*today \$0\.00/)
    await say('hello')
    const once = usdIn(await tui.shows(/^ {2}\$[\d.]+ +today /m))
    await tui.shows(/ cached \d+ % {2}context \d+ %/)
    tui.resize(60)
    await tui.shows(/ cached \d+ %\n +context \d+ %/)
    await say('and on')
    await tui.shows(new RegExp(`^ {2}(?!\\${once} )\\$[\\d.]+ +today `, 'm'))
    await say('/new')
    // Nothing of the new thread has arrived, and the day is what it was.
    expect(usdIn(await tui.shows(/^ {2}today \$(?!0\.00\b)/m))).toBe('')
  },
)
