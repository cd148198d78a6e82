import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { realCodex } from '../../real-codex.ts'
import { scriptedModel, type Step } from '../../scripted-model.ts'
import { hasTerminal, type Terminal } from '../../terminal.ts'
import { sceneWith } from '../codex-scene.ts'

const codex = realCodex('what fixes of findings change in it')
const isShown = hasTerminal('that Codex asks no more after a fix')

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
      codex,
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
    const { home, ask, exec, found, fix } = await sceneWith(codex, 'model_reasoning_effort = "high" # as ever')
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
