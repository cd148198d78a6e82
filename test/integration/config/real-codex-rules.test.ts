import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { checkRule } from '../../../src/engine/config/fixes/check-rule.ts'
import { wordsOfScript } from '../../../src/model/findings/rule/command-words.ts'
import { proposeRule } from '../../../src/model/findings/rule/propose.ts'
import { withRule } from '../../../src/model/findings/rule/rule-text.ts'
import { realCodex } from '../../real-codex.ts'

const codex = realCodex('what it says of rules')

const folder = mkdtempSync(join(tmpdir(), 'colophon-real-rules-'))
afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

function approvedOf(lines: readonly string[]) {
  return lines.map((line) => {
    const words = wordsOfScript(line)
    if ('refused' in words) throw new Error(`${line}: ${words.refused}`)
    return words.argv
  })
}

describe.skipIf(codex === null)('the real Codex', () => {
  it.each([
    { lines: ['npm test', 'npm test -- --watch=false'], pattern: ['npm', 'test'] },
    { lines: ['pnpm -r build'], pattern: ['pnpm', '-r', 'build'] },
    { lines: ['git commit -m "x y"', "git commit -m 'z'"], pattern: ['git', 'commit', '-m'] },
    { lines: ['cat \'my dir/ünï "file".txt\''], pattern: ['cat', 'my dir/ünï "file".txt'] },
  ])('allows $lines by the rule that is proposed, and none of its neighbours', async ({ lines, pattern }) => {
    const rule = proposeRule(approvedOf(lines), [])
    if ('refused' in rule) throw new Error(rule.refused)
    expect(rule.pattern).toEqual(pattern)
    const check = await checkRule(rule, {
      codex,
      rulesDir: join(folder, 'none'),
      fileName: 'colophon.rules',
      text: withRule('', rule.pattern),
    })
    expect(check).toMatchObject({ state: 'checked', allowed: rule.commands.length, neighbours: 10 })
    expect(check.version).toMatch(/^codex-cli \d/)
  })

  it.each([
    ['prefix_rule(pattern=["npm"], decision="forbidden")\n', 'refused', /the rules say forbidden/],
    ['prefix_rule(pattern=[\n', 'unchecked', /failed to parse policy/],
  ] as const)('counts what stands beside it: %j', async (text, state, words) => {
    const rulesDir = mkdtempSync(join(folder, 'rules-'))
    mkdirSync(join(rulesDir, 'below'))
    writeFileSync(join(rulesDir, 'default.rules'), text)
    const rule = { pattern: ['npm', 'test'], commands: [['npm', 'test']] }
    const checking = { codex, rulesDir, fileName: 'colophon.rules', text: withRule('', rule.pattern) }
    const check = await checkRule(rule, checking)
    expect(check.state).toBe(state)
    expect(check.words).toMatch(words)
  })
})
