import fc from 'fast-check'
import { expect, it } from 'vitest'
import { wordsOfScript } from '../../../../../src/model/findings/rule/command-words.ts'
import { leastPrefix } from '../../../../../src/model/findings/rule/least-prefix.ts'
import { neighbourCount, neighboursOf } from '../../../../../src/model/findings/rule/neighbours.ts'
import { begins, checkPattern, proposeRule } from '../../../../../src/model/findings/rule/propose.ts'
import { ruleText, withoutRule, withRule } from '../../../../../src/model/findings/rule/rule-text.ts'

function argvOf(line: string): readonly string[] {
  const words = wordsOfScript(line)
  if ('refused' in words) throw new Error(words.refused)
  return words.argv
}

function proposed(approved: readonly string[], denied: readonly string[] = []): string {
  const rule = proposeRule(approved.map(argvOf), denied)
  return 'pattern' in rule ? rule.pattern.join('␣') : `no: ${rule.refused}`
}

it.each([
  [['npm test', 'npm test', 'npm test -- -u'], 'npm␣test'],
  [['npm test -- -u', 'npm test -- -u --x'], 'npm␣test␣--␣-u'],
  [['pnpm -r build', 'pnpm -r build'], 'pnpm␣-r␣build'],
  [['git commit -m "x y"', 'git commit -m "z"'], 'git␣commit␣-m'],
  [['git commit -m "x y"'], 'git␣commit␣-m␣x y'],
  [["cat 'my dir/a file.txt'", "cat 'my dir/a file.txt' b"], 'cat␣my dir/a file.txt'],
  [['npm run build', 'npm run build --x'], 'npm␣run␣build'],
  [['npx vitest run a', 'npx vitest run b'], 'npx␣vitest␣run'],
  [['npx eslint', 'npx eslint .'], 'npx␣eslint'],
  [['uv run pytest tests', 'uv run pytest tests -q'], 'uv␣run␣pytest␣tests'],
  [['docker compose up -d', 'docker compose up'], 'docker␣compose␣up'],
  [['python3 manage.py test', 'python3 manage.py migrate'], 'python3␣manage.py'],
  [['python3 -m pytest -q', 'python3 -m pytest'], 'python3␣-m␣pytest'],
  [['./scripts/run.sh x', './scripts/run.sh x y'], './scripts/run.sh␣x'],
])('proposes for %j the longest beginning that they share: %s', (approved, pattern) => {
  expect(proposed(approved)).toBe(pattern)
})

it.each([
  [['make', 'make'], /no subcommand/],
  [['constructor', 'constructor'], /no subcommand/],
  [['npm test', 'npm install'], /no subcommand/],
  [['npm run build', 'npm run lint'], /no subcommand/],
  [['pnpm --filter web build'], /not clear.*--filter/],
  [['git -C /tmp status'], /not clear.*-C/],
  [['git -c core.pager=x log'], /not clear.*-c/],
  [['ls -la'], /not clear/],
  [["bash -lc 'npm test'"], /`bash` is a shell/],
  [['/usr/bin/sudo npm test'], /`sudo` runs what follows with the rights of another/],
  [['rm -rf build'], /`rm` removes/],
  [['env FOO=1 npm test'], /`env` runs any program/],
  [['time npm test'], /`time` runs any program/],
  [["python3 -c 'print(1)'"], /runs any code/],
  [["python3.12 -uc 'print(1)'"], /runs any code/],
  [["node -e 'x' a"], /runs any code/],
  [["perl -ne 'x' a"], /runs any code/],
  [['node --eval=x a'], /runs any code/],
  [['node --require ./x.js a.js'], /runs any code/],
  [['python3 -'], /runs any code/],
  [['python3'], /alone runs any code/],
  [["npx node -e 'x'"], /runs any code/],
  [['npx --yes vitest'], /not clear|options before/],
  [["uv run python -c 'x'"], /runs any code/],
  [['pnpm exec rm x'], /`rm` removes/],
  [['git push origin main'], /`git push`/],
  [['docker compose exec web sh'], /`docker compose exec`/],
  [['gh api /user'], /`gh api`/],
  [['deploy tool --token=ghp_abcdefghijklmnopqrstuvwxyz0123456789'], /looks like a secret/],
  [['echo "a\u202eb"'], /cannot be seen/],
  [['git commit -m "x\ny"'], /cannot be seen/],
])('proposes none for %j, and says why', (approved, why) => {
  expect(proposed(approved)).toMatch(/^no: /)
  expect(proposed(approved)).toMatch(why)
})

it('proposes none that would let a declined command through, however that was written', () => {
  for (const denied of ['npm test -- -u', 'cd a && npm test', 'FOO=1 npm test | tail', "bash -lc 'npm test'"]) {
    const rule = proposed(['npm test', 'npm test -- --x'], [denied])
    if (denied.startsWith('bash')) continue
    expect(rule).toContain('you declined')
  }
  expect(proposed(['npm test'], ['npm install', 'echo test npm'])).toBe('npm␣test')
})

const word = fc.oneof(
  fc.constantFrom(
    'npm',
    'test',
    'run',
    'git',
    'commit',
    '-m',
    '--',
    'a b',
    './x',
    'pnpm',
    '-r',
    'build',
    'node',
    '-e',
    'sudo',
  ),
  fc.string(),
)
const argv = fc.array(word, { minLength: 1, maxLength: 6 })

it('proposes nothing but what every approved command begins with, and never less than program and subcommand', () => {
  fc.assert(
    fc.property(
      fc.array(argv, { minLength: 1, maxLength: 5 }),
      fc.array(argv, { maxLength: 3 }),
      (approved, denied) => {
        const rule = proposeRule(
          approved,
          denied.map((each) => each.join(' ')),
        )
        if ('refused' in rule) return
        expect(rule.pattern.length).toBeGreaterThanOrEqual(2)
        expect(approved.every((each) => begins(each, rule.pattern))).toBe(true)
        expect(denied.some((each) => begins(each.join(' ').split(/\s+/), rule.pattern))).toBe(false)
        expect(checkPattern(rule.pattern)).toEqual({ argv: rule.pattern })
      },
    ),
  )
})

it('knows ten neighbours of every rule, none of which it lets through', () => {
  fc.assert(
    fc.property(argv, (pattern) => {
      if ('refused' in leastPrefix(pattern)) return
      const near = neighboursOf(pattern)
      expect(new Set(near.map((each) => each.join('\0'))).size).toBe(neighbourCount)
      expect(near.some((each) => begins(each, pattern))).toBe(false)
    }),
  )
})

it('writes a rule once, in a line of its own, and takes that line out again', () => {
  const mine = 'prefix_rule(pattern=["ls"], decision="allow")'
  const first = withRule(mine, ['git', 'commit', '-m', 'say "x"'])
  expect(first).toBe(`${mine}\nprefix_rule(pattern = ["git", "commit", "-m", "say \\"x\\""], decision = "allow")\n`)
  expect(withRule(first, ['git', 'commit', '-m', 'say "x"'])).toBe(first)
  expect(withoutRule(first, ['git', 'commit', '-m', 'say "x"'])).toBe(`${mine}\n`)
  expect(withoutRule(first, ['npm', 'test'])).toBeNull()
  expect(withoutRule(withRule('', ['npm', 'test']), ['npm', 'test'])).toBe('')
  expect(ruleText(['a\\b'])).toContain('"a\\\\b"')
})
