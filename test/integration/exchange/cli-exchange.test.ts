import { existsSync, lstatSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { exportSession } from '../../../src/cli/export.ts'
import { temporaryFolder } from '../hosts/api-support.ts'
import { RunningCli, startServe } from '../hosts/cli-support.ts'
import { spansLine, writeLines } from './foreign-files.ts'
import { storeCapture } from './sessions.ts'

async function run(...args: string[]): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const cli = new RunningCli(args)
  return { code: await cli.exitCode(), stdout: cli.stdout, stderr: cli.stderr }
}

test('a session goes to a file and back, also while Colophon runs', async () => {
  const folder = temporaryFolder()
  const data = join(folder, 'data')
  const [id = ''] = storeCapture(data, '09_subagents')
  const file = join(folder, 'session.json')
  const serve = startServe(data)
  await serve.announced()
  expect(await run('export', id.slice(0, 20), '-o', file, '--data', data)).toEqual({ code: 0, stdout: '', stderr: '' })
  expect(readdirSync(folder).sort()).toEqual(['data', 'session.json'])

  const busy = await run('import', file, '--data', data)
  expect(busy).toMatchObject({ code: 1, stdout: '' })
  expect(busy.stderr).toMatch(
    /^colophon: another Colophon \(process \d+\) is using .*: import the files there, or stop it first\n$/,
  )
  serve.process.kill('SIGTERM')
  await serve.exitCode()

  const known = await run('import', file, '--data', data)
  expect(known).toMatchObject({ code: 0, stderr: '' })
  expect(known.stdout).toMatch(/^session\.json: \d+ spans, \d+ log records, \d+ already known\n$/)
  const other = join(folder, 'other')
  expect((await run('import', file, '--data', other)).stdout).toMatch(/^session\.json: \d+ spans, \d+ log records\n$/)
  expect((await run('export', id, '--data', other)).stdout).toBe(readFileSync(file, 'utf8'))
})

const asFile = { format: 'json', redact: [], conversation: false, force: false } as const

test('a file is not written over unless that is asked for, and an unfinished one gets no name', async () => {
  const folder = temporaryFolder()
  const data = join(folder, 'data')
  const [id = ''] = storeCapture(data, '03_errors_retries')
  const file = join(folder, 'a.md')
  writeFileSync(file, 'mine')
  const refused = await run('export', id, '--format', 'markdown', '-o', file, '--data', data)
  expect(refused).toMatchObject({ code: 1 })
  expect(refused.stderr).toContain('already exists')
  expect(readFileSync(file, 'utf8')).toBe('mine')
  const forced = await run('export', 'last', '--format', 'markdown', '-o', file, '--force', '--data', data)
  expect(forced).toMatchObject({ code: 0, stderr: expect.stringContaining(`${id}, the newest of all`) as string })
  expect(readFileSync(file, 'utf8')).toMatch(/^# .*\n\n\| {2}\| {2}\|\n/)
  await expect(exportSession({ session: id, ...asFile, output: folder, dataDir: data }, '0')).rejects.toThrow(
    `${folder} is a folder`,
  )
  const nowhere = await run('export', id, '-o', join(folder, 'none', 'a.json'), '--data', data)
  expect(nowhere).toMatchObject({ code: 1, stderr: `colophon: there is no folder ${join(folder, 'none')}\n` })
})

test.skipIf(process.platform === 'win32')(
  'what a link leads to is written and the link stays, and a device is written to instead of replaced',
  async () => {
    const folder = temporaryFolder()
    const data = join(folder, 'data')
    const [id = ''] = storeCapture(data, '03_errors_retries')
    const force = (path: string) => run('export', id, '--format', 'markdown', '-o', path, '--force', '--data', data)
    writeFileSync(join(folder, 'a.md'), 'old')
    symlinkSync('a.md', join(folder, 'link.md'))
    expect(await force(join(folder, 'link.md'))).toMatchObject({ code: 0, stderr: '' })
    expect(readFileSync(join(folder, 'a.md'), 'utf8')).toMatch(/^# /)
    expect(lstatSync(join(folder, 'link.md')).isSymbolicLink()).toBe(true)

    expect(await force(folder)).toMatchObject({ code: 1, stderr: `colophon: ${folder} is a folder\n` })
    symlinkSync('/dev/null', join(folder, 'out'))
    expect(await force(join(folder, 'out'))).toMatchObject({ code: 0, stderr: '' })
    expect(lstatSync(join(folder, 'out')).isSymbolicLink()).toBe(true)
  },
)

test('the command line redacts what it is told to', async () => {
  const data = temporaryFolder()
  const [id = ''] = storeCapture(data, '01_code_multi')
  const all = await run('export', id, '--redact', 'all', '--data', data)
  expect(all).toMatchObject({ code: 0, stderr: '' })
  expect(all.stdout).not.toMatch(/\/home\/dev|SCN:/)
  const paths = await run('export', id, '--redact', 'paths,email', '--data', data)
  expect(paths.stdout).not.toContain('/home/dev')
  expect(paths.stdout).toContain('SCN:')
})

test.each([
  ['an id that no session has', ['export', 'nobody'], 1, 'no session nobody'],
  ['an id that two sessions have', ['export', '01a1f8'], 1, 'more than one session begins with 01a1f8'],
  ['a folder without a database', ['export', 'x', '--data', '/no/such/folder'], 1, 'no Colophon database'],
  ['no id', ['export'], 2, 'export takes one session'],
  ['a format that is none', ['export', 'x', '--format', 'pdf'], 2, '--format takes one of json'],
  ['a kind that is none', ['export', 'x', '--redact', 'names'], 2, '--redact takes all'],
  ['an option of another command', ['import', 'x', '--format', 'json'], 2, 'import has no option --format'],
  ['no files', ['import'], 2, 'import needs the names of files'],
] as const)('%s: one line says what is wrong', async (_what, args, code, message) => {
  const data = temporaryFolder()
  storeCapture(data, '09_subagents')
  const ended = await run(...args, ...(args.includes('--data' as never) ? [] : ['--data', data]))
  expect(ended).toMatchObject({ code, stdout: '' })
  expect(ended.stderr).toMatch(/^colophon: .*\n$/)
  expect(ended.stderr).toContain(message)
})

test('a bad file ends with code 1 and its place, the others are imported', async () => {
  const folder = temporaryFolder()
  await writeLines(join(folder, 'good.jsonl'), 1)
  writeFileSync(join(folder, 'bad.jsonl'), '{"resourceSpans":3}')
  const data = join(folder, 'data')
  const { code, stdout, stderr } = await run(
    'import',
    join(folder, 'bad.jsonl'),
    join(folder, 'good.jsonl'),
    '--data',
    data,
  )
  expect(code).toBe(1)
  expect(stdout).toBe('good.jsonl: 256 spans\n')
  expect(stderr).toBe('colophon: bad.jsonl: line 1: resourceSpans: not a list; nothing of it was imported\n')
})

test('a file whose last line is cut off is imported up to there, and ends with code 1 and the place', async () => {
  const folder = temporaryFolder()
  const file = join(folder, 'cut.jsonl')
  writeFileSync(file, `${spansLine(0)}\n${spansLine(1).slice(0, 100)}`)
  const { code, stdout, stderr } = await run('import', file, '--data', join(folder, 'data'))
  expect(code).toBe(1)
  expect(stdout).toBe('cut.jsonl: 2 spans\n')
  expect(stderr).toMatch(/^colophon: cut\.jsonl: left out: line 2, column 101: not JSON: it ends .*\n$/)
})

test('Ctrl-C takes an import back', async () => {
  const folder = temporaryFolder()
  await writeLines(join(folder, 'lines.jsonl'), 60_000_000)
  const data = join(folder, 'data')
  const cli = new RunningCli(['import', join(folder, 'lines.jsonl'), '--data', data])
  await vi.waitFor(() => expect(existsSync(join(data, 'lock'))).toBe(true), { timeout: 20_000, interval: 20 })
  cli.process.kill('SIGINT')
  expect(await cli.exitCode()).toBe(1)
  expect(cli.stderr).toBe('colophon: stopped: nothing was imported\n')
})
