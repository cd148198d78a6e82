import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
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

/** Codex gives each read a second and ends the polling with the first that takes longer, as it does where the machine has no time. */
const hasEnded = /Status line timed out/

class StatusLineEnded extends Error {}

async function watchTheFooter(program: string): Promise<void> {
  const root = temporaryFolder()
  const [home, folder, data] = [join(root, 'home'), join(root, 'project'), join(root, 'data')]
  for (const made of [home, folder]) mkdirSync(made)
  const { otlpHttp } = await startServe(data).announced()
  const model = await scriptedModel(() => ({ say: 'Done.' }))
  writeFileSync(join(home, 'config.toml'), chosen(model.url, folder))
  const told = ['--codex-home', home, '--data', data, '--otlp-http-port', new URL(otlpHttp ?? '').port]
  expect(await new RunningCli(['configure', '--mcp', '--http', ...told]).exitCode()).toBe(0)
  const env = { ...process.env, CODEX_HOME: home, SCRIPTED_KEY: 'none', LANG: 'C.UTF-8', TERM: 'xterm-256color' }
  const tui = openTui([program], { columns: 200, folder, env })

  const shows = async (pattern: RegExp): Promise<string> => {
    const screen = await tui.shows(new RegExp(`${pattern.source}|${hasEnded.source}`, 'm'))
    if (!hasEnded.test(screen)) return screen
    tui.close()
    throw new StatusLineEnded()
  }
  const say = async (words: string): Promise<void> => {
    tui.type(words)
    await shows(new RegExp(`› ${words}`))
    // Enter adds a line where it comes so soon after letters that they look pasted.
    while (!/› Ask Codex/.test(tui.screen())) {
      tui.press('Enter')
      await setTimeout(500)
    }
  }
  const usdIn = (screen: string): string => /^ {2}(\$[\d.]+) +today /m.exec(screen)?.[1] ?? ''
  await shows(/Ask Codex[^]*today \$0\.00/)
  await say('hello')
  const once = usdIn(await shows(/^ {2}\$[\d.]+ +today /))
  await shows(/ cached \d+ % {2}context \d+ %/)
  tui.resize(60)
  await shows(/ cached \d+ %\n +context \d+ %/)
  await say('and on')
  await shows(new RegExp(`^ {2}(?!\\${once} )\\$[\\d.]+ +today `))
  await say('/new')
  // Nothing of the new thread has arrived, and the day is what it was.
  expect(usdIn(await shows(/^ {2}today \$(?!0\.00\b)/))).toBe('')
}

test.skipIf(codex === null || !isThere)(
  "Codex's own TUI draws the footer, wide and narrow, of the thread that it shows, and anew when that goes on",
  async () => {
    for (let hasShown = false; !hasShown;) {
      try {
        await watchTheFooter(codex ?? '')
        hasShown = true
      } catch (error) {
        if (!(error instanceof StatusLineEnded)) throw error
      }
    }
  },
)
