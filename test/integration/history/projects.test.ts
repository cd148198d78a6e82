import { execFileSync } from 'node:child_process'
import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, test, vi } from 'vitest'
import { commitsBetween } from '../../../src/engine/history/commits.ts'
import { changesOf } from '../../../src/engine/queries/changed-files.ts'
import { openForWriting } from '../../../src/engine/store/database.ts'
import { follow, patience, sessionFiles, withHome } from './home-under-test.ts'

const range = { fromMs: 0, toMs: 8e12 }

test('sessions say their repository, branch and commit, are found by them, and add up to a project', () =>
  withHome('17_git', async ({ engine, home, run }) => {
    await follow(engine, home)
    const id = run.threads[0]?.id ?? ''
    const listed = async (params: object): Promise<readonly string[]> =>
      (await engine.ask('session.list', params)).sessions.map((session) => session.id)
    await vi.waitFor(async () => expect(await listed({})).toContain(id), patience)
    await engine.settled()
    const repository = 'github.com/example/shop'
    expect(await engine.ask('session.get', { id })).toMatchObject({
      ...{ repository, branch: 'fix/quantity', commit: 'b0803650ae73dff664209564d6c9a1fe86ea74cb' },
    })
    expect(await listed({ repository, branch: 'fix/quantity' })).toEqual([id])
    expect(await listed({ repository: 'github.com/example/other' })).toEqual([])
    expect(await listed({ branch: 'main' })).toEqual([])
    // The same as filters, which every view has; offered by the name that all its addresses share.
    expect(await listed({ filters: { repository: [repository], branch: ['fix/quantity', 'main'] } })).toEqual([id])
    expect(await listed({ filters: { repository: [repository], branch: ['main'] } })).toEqual([])
    const { fields } = await engine.ask('filter.values', { ...range, fields: ['repository', 'branch'] })
    expect(fields).toEqual([
      { field: 'repository', values: [{ value: repository, sessions: 1 }] },
      { field: 'branch', values: [{ value: 'fix/quantity', sessions: 1 }] },
    ])
    const narrowed = async (of: string): Promise<unknown> =>
      (await engine.ask('panel.run', { panel: 'tokens-total', ...range, filters: { repository: [of] } })).rows[0]?.[
        'input'
      ]
    expect(await narrowed(repository)).toBe(run.threads[0]?.totals.input)
    expect(await narrowed('github.com/example/other')).toBe(0)
    // A folder stands for what no address is known of; this one has an address.
    const { folder } = await engine.ask('session.get', { id })
    expect(await listed({ repository: folder ?? '' })).toEqual([])

    const { projects } = await engine.ask('project.list', range)
    const { input } = run.threads[0]?.totals ?? { input: 0 }
    expect(projects).toMatchObject([
      { name: repository, isRepository: true, branches: ['fix/quantity'], folders: [folder], sessions: 1, helpers: 0 },
    ])
    expect(projects[0]?.tokens.input).toBe(input)
    const { rows } = await engine.ask('sql.run', {
      sql: 'SELECT repository, branch FROM sessions WHERE repository IS NOT NULL',
    })
    expect(rows).toEqual([['https://github.com/example/shop.git', 'fix/quantity']])
  }))

test('a session without a repository is counted under its folder, with what its patches changed and its helpers', () =>
  withHome('01_fix', async ({ engine, home, run, dataDir }) => {
    const [path = ''] = sessionFiles(home)
    const patch =
      readFileSync(path, 'utf8')
        .split('\n')
        .find((line) => line.includes('"type":"FileChange"')) ?? ''
    // The same file once more, and another one.
    appendFileSync(path, `${patch.replaceAll(/("id":")call_/g, '$1again_')}\n`)
    appendFileSync(path, `${patch.replaceAll(/("id":")call_/g, '$1other_').replaceAll('cart.mjs', 'basket.mjs')}\n`)
    await follow(engine, home)
    const id = run.threads[0]?.id ?? ''
    await vi.waitFor(async () => expect((await engine.ask('session.list', {})).total).toBe(1), patience)
    await engine.settled()
    const { folder, changes } = await engine.ask('session.get', { id })
    const { projects } = await engine.ask('project.list', range)
    expect(projects).toMatchObject([{ name: folder, isRepository: false, sessions: 1, filesChanged: 2 }])
    expect(changes).toEqual({ filesChanged: 2, linesAdded: 3, linesRemoved: 3 })
    const { turns } = await engine.ask('session.turns', { id })
    expect(turns.flatMap((turn) => turn.changes ?? [])).toEqual([changes])
    expect((await engine.ask('session.list', { repository: folder ?? '' })).total).toBe(1)
    expect((await engine.ask('session.commits', { id })).state).toBe('no_folder')
    // Of a file that was read before its paths had hashes, and is gone since, each patch counts by itself.
    await engine.close()
    const db = openForWriting(dataDir)
    const of = (session: string): { id: string; witness: 'file' } => ({ id: session, witness: 'file' })
    expect(changesOf(db, [[of(id)], [of('nobody')]]).map((told) => told?.filesChanged)).toEqual([2, 0])
    expect(changesOf(db, [[], [{ ...of(id), witness: 'telemetry' }]])).toEqual([null, null])
    db.exec('DELETE FROM file_change')
    expect(changesOf(db, [[of(id)]])).toEqual([{ filesChanged: 3, linesAdded: 3, linesRemoved: 3 }])
    db.close()
  }))

describe('the commits that were made while a session ran', () => {
  let folder = ''
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'colophon-commits-'))
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  const minute = 60_000
  const nine = Date.UTC(2026, 10, 3, 9)
  const git = (atMs: number, ...args: string[]): void => {
    const date = `${String(atMs / 1000)} +0000`
    const who = { GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date, GIT_CONFIG_GLOBAL: '/dev/null' }
    const named = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com']
    execFileSync('git', [...named, ...args], { cwd: folder, env: { ...process.env, ...who }, stdio: 'ignore' })
  }
  const commit = (atMs: number, subject: string): void => {
    git(atMs, 'commit', '--allow-empty', '-m', subject)
  }
  const made = async (fromMs: number, toMs: number, of = folder): Promise<readonly string[]> =>
    (await commitsBetween({ folder: of, fromMs, toMs })).commits.map(({ subject }) => subject)

  it('are those of its time on any branch, the first one first', async () => {
    git(nine, 'init', '-b', 'main')
    commit(nine, 'before')
    commit(nine + 10 * minute, 'one, while it ran')
    git(nine, 'checkout', '-b', 'other')
    commit(nine + 12 * minute, 'two, on another branch')
    git(nine, 'checkout', 'main')
    commit(nine + 60 * minute, 'after')
    const below = join(folder, 'src')
    mkdirSync(below)
    const expected = ['one, while it ran', 'two, on another branch']
    expect(await made(nine + 5 * minute, nine + 12 * minute)).toEqual(expected)
    expect(await made(nine + 5 * minute, nine + 12 * minute, below)).toEqual(expected)
  })

  it('are none in a repository without a commit', async () => {
    git(nine, 'init', '-b', 'main')
    const { state, commits } = await commitsBetween({ folder, fromMs: nine, toMs: nine + minute })
    expect([state, commits]).toEqual(['read', []])
  })

  it('say why there are none where nothing could be asked', async () => {
    const ran = { folder, fromMs: nine, toMs: nine + minute }
    expect((await commitsBetween(ran)).state).toBe('no_repository')
    expect((await commitsBetween({ ...ran, folder: join(folder, 'gone') })).state).toBe('no_folder')
    expect((await commitsBetween({ ...ran, folder: null })).state).toBe('no_folder')
    expect((await commitsBetween(ran, join(folder, 'no-git'))).state).toBe('no_git')
  })

  it('run nothing that the repository names, and leave it as it was', async () => {
    git(nine, 'init', '-b', 'main')
    commit(nine, 'one')
    const trap = join(folder, 'trap.sh')
    const ran = join(folder, 'ran')
    writeFileSync(trap, `#!/bin/sh\ntouch ${ran}\n`, { mode: 0o755 })
    for (const key of ['core.fsmonitor', 'core.pager', 'pager.log', 'gpg.program', 'core.sshCommand', 'diff.external'])
      git(nine, 'config', key, trap)
    git(nine, 'config', 'log.showSignature', 'true')
    git(nine, 'config', 'log.diffMerges', 'on')
    const before = readFileSync(join(folder, '.git', 'config'), 'utf8')
    expect(await made(nine - minute, nine + minute)).toEqual(['one'])
    expect(() => readFileSync(ran)).toThrow('ENOENT')
    expect(readFileSync(join(folder, '.git', 'config'), 'utf8')).toBe(before)
  })
})
