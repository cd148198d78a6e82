import { appendFileSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import type { SessionSummary } from '../../../src/model/session/summary.ts'
import type { UnderTest } from '../engine/engine-under-test.ts'
import { follow, patience, sessionFiles, withHome } from './home-under-test.ts'

async function sessions(engine: UnderTest): Promise<readonly SessionSummary[]> {
  return (await engine.ask('session.list', {})).sessions
}

/** Once everything that is known is settled. */
async function listed(engine: UnderTest, count: number): Promise<readonly SessionSummary[]> {
  await vi.waitFor(async () => expect(await sessions(engine)).toHaveLength(count), patience)
  await engine.settled()
  return sessions(engine)
}

describe('the session files of a home', () => {
  it('are read once the user says yes, and not before', async () => {
    await withHome('03_agents', async ({ engine, home, run }) => {
      expect((await engine.ask('history.status', {})).enabled).toBe(false)
      expect(await sessions(engine)).toEqual([])
      await follow(engine, home)
      const found = await listed(engine, run.threads.length)
      expect(new Set(found.map(({ witness }) => witness))).toEqual(new Set(['file']))
      const root = run.threads.find(({ kind }) => kind === 'user')
      const own = found.find(({ id }) => id === root?.id)
      expect(own).toMatchObject({ apiCalls: root?.totals.calls, differences: 0, originator: 'codex_exec' })
      const status = await engine.ask('history.status', {})
      expect(status.read).toEqual({ files: run.threads.length, sessions: run.threads.length, skipped: 0 })
    })
  })

  it('are followed: a line that Codex writes is seen', async () => {
    await withHome('01_fix', async ({ engine, home, run }) => {
      const [path = ''] = sessionFiles(home)
      const bytes = readFileSync(path)
      const half = bytes.lastIndexOf('token_usage_record')
      writeFileSync(path, bytes.subarray(0, half))
      await follow(engine, home)
      const [before] = await listed(engine, 1)
      const all = run.threads[0]?.totals.calls ?? 0
      expect(before?.apiCalls).toBe(all - 1)
      appendFileSync(path, bytes.subarray(half))
      await vi.waitFor(async () => expect((await sessions(engine))[0]?.apiCalls).toBe(all), patience)
    })
  })

  it('that are new, archived or written anew are read as what they are', async () => {
    await withHome('06_refused', async ({ engine, home }) => {
      const [path = ''] = sessionFiles(home)
      const text = readFileSync(path, 'utf8')
      await follow(engine, home)
      await listed(engine, 1)
      // A copy under another name, in a folder of its own, as a new session of another day.
      const [id = ''] = /[0-9a-f]{8}-[0-9a-f-]{27}/.exec(basename(path)) ?? []
      const other = `${id.slice(0, -4)}aaaa`
      const day = join(home, 'sessions', '2030', '01', '02')
      mkdirSync(day, { recursive: true })
      writeFileSync(join(day, basename(path).replace(id, other)), text.replaceAll(id, other))
      await listed(engine, 2)
      mkdirSync(join(home, 'archived_sessions'), { recursive: true })
      renameSync(path, join(home, 'archived_sessions', basename(path)))
      await vi.waitFor(async () => {
        await engine.ask('history.scan', { homes: [home] })
        expect((await engine.ask('history.status', {})).read.files).toBe(2)
      }, patience)
      expect(await listed(engine, 2)).toHaveLength(2)
      // Codex brings a file to a newer layout in place: here, one without its turn's end.
      const lines = text.replaceAll(id, other).split('\n')
      const withoutEnd = lines.filter((line) => !line.includes('task_complete')).join('\n')
      writeFileSync(join(day, basename(path).replace(id, other)), withoutEnd)
      const state = async (): Promise<string | undefined> =>
        (await sessions(engine)).find((one) => one.id === other)?.state
      await vi.waitFor(async () => expect(await state()).toBe('lost'), patience)
    })
  })

  it('rest while reading is paused, and are forgotten whole', async () => {
    await withHome('01_fix', async ({ engine, home }) => {
      await follow(engine, home)
      await listed(engine, 1)
      await follow(engine, home, true)
      const [path = ''] = sessionFiles(home)
      const copy = path.replace(/[0-9a-f]{4}\.jsonl$/, 'bbbb.jsonl')
      writeFileSync(copy, readFileSync(path))
      expect((await engine.ask('history.status', {})).read.files).toBe(1)
      expect(await engine.ask('history.forget', {})).toEqual({ files: 1 })
      await engine.settled()
      expect(await sessions(engine)).toEqual([])
      const status = await engine.ask('history.status', {})
      expect(status).toMatchObject({ enabled: false, read: { files: 0, sessions: 0 } })
    })
  })
})
