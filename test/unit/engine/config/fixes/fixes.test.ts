import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { procedures, type Params, type Value } from '../../../../../src/contract/index.ts'
import { fixHandlers } from '../../../../../src/engine/config/fixes/index.ts'
import { nodeCommand } from '../../../../node-command.ts'
import { scratchHome, type ScratchHome } from '../scratch-home.ts'

type Name = 'fix.plan' | 'fix.apply' | 'fix.undo' | 'fix.list'

function asking({ home, dataDir }: ScratchHome, codex: string | null = null, noted: unknown[] = []) {
  const fixed = (of: unknown): Promise<unknown> => Promise.resolve(noted.push(of))
  const handlers = fixHandlers({ dataDir, codex: () => codex, fixed })
  return async <N extends Name>(name: N, params: Omit<Params<N>, 'codexHome'>): Promise<Value<N>> => {
    const handler = handlers[name] as (params: unknown) => Promise<{ ok: true; value: unknown } | { ok: false }>
    const answer = await handler(procedures[name].params.parse({ codexHome: home, ...params }))
    if (!answer.ok) throw new Error('a failure as a value')
    return procedures[name].result.parse(answer.value) as Value<N>
  }
}

const rule = (prefix: string[], ...commands: string[]) => ({
  kind: 'approval-friction' as const,
  subject: prefix.join(' '),
  fix: { type: 'rule' as const, prefix, commands },
})
const config = (path: string[], value: string | string[], adds = false) => ({
  kind: 'sandbox-rerun' as const,
  subject: 'x',
  fix: { type: 'config' as const, changes: [{ path, value, adds }], why: '' },
})

/** Answers as Codex does, from the files of rules themselves, and notes what it was asked. */
function standIn(home: string, decide = ''): string {
  const path = join(home, 'codex')
  const [node] = nodeCommand()
  const script = `#!${node}
const { appendFileSync, readFileSync } = require('node:fs')
const args = process.argv.slice(2)
if (args[0] === '--version') { console.log('codex-cli 9.9.9'); process.exit() }
const command = args.slice(args.indexOf('--') + 1)
appendFileSync(${JSON.stringify(join(home, 'asked'))}, JSON.stringify(command) + '\\n')
const files = args.flatMap((arg, i) => arg === '--rules' ? [readFileSync(args[i + 1], 'utf8')] : [])
const patterns = files.flatMap((text) => [...text.matchAll(/pattern = (\\[.*?\\])/g)].map(([, json]) => JSON.parse(json)))
const matched = patterns.filter((pattern) => pattern.every((word, i) => word === command[i]))
${decide}
console.log(JSON.stringify({ matchedRules: matched, ...(matched.length ? { decision: 'allow' } : {}) }))
`
  writeFileSync(path, script)
  chmodSync(path, 0o755)
  return path
}

it('writes a rule beside those of the user, and takes it back to the byte', async () => {
  const home = scratchHome('model = "gpt"\n')
  const noted: unknown[] = []
  const ask = asking(home, null, noted)
  const file = join(home.home, 'rules', 'colophon.rules')
  const wanted = rule(['npm', 'test'], 'npm test', 'npm test -- -u')
  const plan = await ask('fix.plan', wanted)
  expect(plan).toMatchObject({ path: file, exists: false, changes: [], check: { state: 'unchecked', version: null } })
  expect(plan.diff).toContain('+prefix_rule(pattern = ["npm", "test"], decision = "allow")')
  expect(plan.letsThrough[0]).toContain('`npm test …`')
  expect(existsSync(file)).toBe(false)
  const { id } = await ask('fix.apply', { ...wanted, fingerprint: plan.fingerprint })
  const first = readFileSync(file)
  const second = rule(['git', 'commit', '-m'], 'git commit -m "x y"')
  const { fingerprint } = await ask('fix.plan', second)
  const applied = await ask('fix.apply', { ...second, fingerprint })
  expect(applied.backup).toMatch(/colophon\.rules\..*\.bak$/)
  expect((await ask('fix.list', {})).fixes.map((fix) => fix.rule)).toEqual([
    ['git', 'commit', '-m'],
    ['npm', 'test'],
  ])
  await ask('fix.undo', { id: applied.id ?? '' })
  expect(readFileSync(file)).toEqual(first)
  await ask('fix.undo', { id: id ?? '' })
  expect(readdirSync(join(home.home, 'rules')).filter((name) => !name.endsWith('.bak'))).toEqual([])
  expect(home.read()).toBe('model = "gpt"\n')
  const [test, commit] = ['npm test', 'git commit -m'].map((subject) => ({ kind: 'approval-friction', subject }))
  expect(noted).toEqual([
    { ...test, undone: false },
    { ...commit, undone: false },
    { ...commit, undone: true },
    { ...test, undone: true },
  ])
})

it('takes its own line out where others have written since, and leaves it where they changed it', async () => {
  const home = scratchHome(null)
  const ask = asking(home)
  const file = join(home.home, 'rules', 'colophon.rules')
  const ids: string[] = []
  for (const word of ['test', 'build']) {
    const wanted = rule(['npm', word], `npm ${word}`)
    const { fingerprint } = await ask('fix.plan', wanted)
    ids.push((await ask('fix.apply', { ...wanted, fingerprint })).id ?? '')
  }
  writeFileSync(
    file,
    readFileSync(file, 'utf8').replace('"build"], decision = "allow"', '"build"], decision = "prompt"'),
  )
  const [test = '', build = ''] = ids
  expect(await ask('fix.undo', { id: test })).toMatchObject({ written: true, kept: [] })
  expect(readFileSync(file, 'utf8')).toMatch(
    /^# .*\nprefix_rule\(pattern = \["npm", "build"\], decision = "prompt"\)\n$/,
  )
  const kept = await ask('fix.undo', { id: build })
  expect(kept).toMatchObject({ written: false, kept: [expect.stringContaining('"build"') as string] })
  expect((await ask('fix.list', {})).fixes).toEqual([])
})

it('lets Codex say of every approved command that it is allowed, and of ten neighbours that the rule is not about them', async () => {
  const home = scratchHome(null)
  const ask = asking(home, standIn(home.home))
  const wanted = rule(['npm', 'test'], 'npm test', 'npm test -- -t "a b"')
  const { check, fingerprint } = await ask('fix.plan', wanted)
  expect(check).toMatchObject({ state: 'checked', version: 'codex-cli 9.9.9', allowed: 2, neighbours: 10 })
  expect(check?.words).toBe('Checked by codex-cli 9.9.9: 2 commands allowed, 10 similar ones not matched.')
  const asked = readFileSync(join(home.home, 'asked'), 'utf8')
  expect(asked).toContain('["npm","test","--","-t","a b"]')
  expect(asked.trim().split('\n')).toHaveLength(12)
  expect((await ask('fix.apply', { ...wanted, fingerprint })).written).toBe(true)
})

it.each([
  ['lets more through', 'matched.push(1)', /would also allow `npm`/],
  ['does not let it through', 'matched.length = 0', /would still ask before `npm test`: the rules say nothing/],
])('writes no rule that %s by what Codex says', async (_, decide, words) => {
  const home = scratchHome(null)
  const ask = asking(home, standIn(home.home, decide))
  const wanted = rule(['npm', 'test'], 'npm test')
  const { check, fingerprint } = await ask('fix.plan', wanted)
  expect(check?.state).toBe('refused')
  expect(check?.words).toMatch(words)
  await expect(ask('fix.apply', { ...wanted, fingerprint })).rejects.toThrow(words)
  expect(existsSync(join(home.home, 'rules'))).toBe(false)
})

it('says that it was not checked where Codex fails', async () => {
  const home = scratchHome(null)
  const ask = asking(home, standIn(home.home, "console.error('Error: no such command'); process.exit(2)"))
  const { check } = await ask('fix.plan', rule(['npm', 'test'], 'npm test'))
  expect(check).toMatchObject({ state: 'unchecked', words: expect.stringContaining('no such command') as string })
})

it('believes nobody who asks for another rule than it would propose', async () => {
  const ask = asking(scratchHome(null))
  await expect(ask('fix.plan', rule(['rm', '-rf'], 'rm -rf x'))).rejects.toThrow(/`rm` removes/)
  await expect(ask('fix.plan', rule(['npm'], 'npm test'))).rejects.toThrow(/no subcommand/)
  await expect(ask('fix.plan', rule(['npm', 'test'], 'npm install'))).rejects.toThrow(/does not begin so/)
  await expect(ask('fix.plan', rule(['npm', 'test'], 'npm test | sh'))).rejects.toThrow(/a pipe/)
})

it('changes config.toml as its finding says, adds to a list that is there, and takes it back to the byte', async () => {
  const text = '# mine\n[sandbox_workspace_write]\nwritable_roots = ["/a"] # these\n'
  const home = scratchHome(text)
  const ask = asking(home)
  const wanted = config(['sandbox_workspace_write', 'writable_roots'], ['/b'], true)
  const there = config(['sandbox_workspace_write', 'writable_roots'], ['/a'], true)
  expect((await ask('fix.plan', there)).diff).toBe('')
  const { fingerprint, diff } = await ask('fix.plan', wanted)
  expect(diff).toContain('+writable_roots = ["/a", "/b"] # these')
  const { id } = await ask('fix.apply', { ...wanted, fingerprint })
  await expect(ask('fix.apply', { ...wanted, fingerprint })).rejects.toThrow(/changed in the meantime/)
  expect((await ask('fix.undo', { id: id ?? '', preview: true })).written).toBe(false)
  home.write(`${home.read()}model = "gpt"\n`)
  await ask('fix.undo', { id: id ?? '' })
  expect(home.read()).toBe(`${text}model = "gpt"\n`)
})

it.each([
  ['# mine\n', '# mine\n\nmodel_reasoning_effort = "medium"\n'],
  ['model = "gpt" # mine\n', 'model = "gpt" # mine\nmodel_reasoning_effort = "medium"\n'],
  ['a.b = 1\n\n# of tui\n[tui]\nx = 1\n', 'a.b = 1\nmodel_reasoning_effort = "medium"\n\n# of tui\n[tui]\nx = 1\n'],
  ['# of tui\r\n[tui]\r\nx = 1', 'model_reasoning_effort = "medium"\r\n\r\n# of tui\r\n[tui]\r\nx = 1'],
])('finds the place of a key of no table in %j', async (text, after) => {
  const home = scratchHome(text)
  const ask = asking(home)
  const wanted = config(['model_reasoning_effort'], 'medium')
  const { id } = await ask('fix.apply', { ...wanted, fingerprint: (await ask('fix.plan', wanted)).fingerprint })
  expect(home.read()).toBe(after)
  home.write(`${home.read()}\n`)
  await ask('fix.undo', { id: id ?? '' })
  expect(home.read()).not.toContain('effort')
})

it('says where the chosen profile says otherwise', async () => {
  const home = scratchHome('profile = "p"\n\n[profiles.p]\nmodel_reasoning_effort = "high"\n')
  const { warnings } = await asking(home)('fix.plan', config(['model_reasoning_effort'], 'medium'))
  expect(warnings).toEqual([expect.stringContaining('profiles.p.model_reasoning_effort') as string])
})

it('writes where a rules folder of the user is, and not into their files', async () => {
  const home = scratchHome(null)
  mkdirSync(join(home.home, 'rules'))
  writeFileSync(join(home.home, 'rules', 'default.rules'), 'prefix_rule(pattern=["ls"], decision="allow")\n')
  const ask = asking(home)
  const wanted = rule(['npm', 'test'], 'npm test')
  await ask('fix.apply', { ...wanted, fingerprint: (await ask('fix.plan', wanted)).fingerprint })
  expect(readdirSync(join(home.home, 'rules')).sort()).toEqual(['colophon.rules', 'default.rules'])
})
