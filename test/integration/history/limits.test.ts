import { rmSync } from 'node:fs'
import { expect, test, vi } from 'vitest'
import type { Value } from '../../../src/contract/index.ts'
import { limitList } from '../../../src/engine/queries/limits.ts'
import { fileNumbers } from '../../../src/engine/history/told-row-writer.ts'
import { openForWriting } from '../../../src/engine/store/database.ts'
import type { UnderTest } from '../engine/engine-under-test.ts'
import { inTemporaryHome } from './rollout-facts.ts'
import { follow, patience, sessionFiles, withHome } from './home-under-test.ts'

const range = { fromMs: 0, toMs: 8e12 }

async function limits(engine: UnderTest): Promise<Value<'limit.list'>> {
  return engine.ask('limit.list', range)
}

/** Once all that the files of the run note is there. */
async function noted(engine: UnderTest, samples: number): Promise<Value<'limit.list'>> {
  await vi.waitFor(async () => expect((await limits(engine)).samples).toBe(samples), patience)
  await engine.settled()
  return limits(engine)
}

const shapes = ({ windows }: Value<'limit.list'>): unknown =>
  windows.map(({ limitId, name, windowMinutes, periods }) => [
    limitId,
    name,
    windowMinutes,
    periods.map(({ usedPercent, end }) => `${String(usedPercent)} ${end}`),
  ])

test('windows are told by their limit and length, and the session is named by what it moved', () =>
  withHome('14_rate_limits', async ({ engine, home, run }) => {
    await follow(engine, home)
    const all = await noted(engine, 12)
    expect(shapes(all)).toEqual([
      ['codex', 'Codex', 300, ['14 anew', '3.5 anew', '100 open']],
      ['codex', 'Codex', 10_080, ['45 open']],
      ['codex_bengalfox', 'GPT-5.3-Codex-Spark', 300, ['7 open']],
    ])
    const [fiveHours, week] = all.windows
    const [id = ''] = run.threads.map((thread) => thread.id)
    const turns = run.threads[0]?.turns ?? []
    // 12 → 14, then 0 → 3 and 3.5 in a window that was begun anew; the refusal used nothing.
    expect(fiveHours?.moved).toMatchObject([
      {
        sessionId: id,
        title: run.threads[0]?.prompts[0]?.text,
        risePercent: 5.5,
        turns: [
          { turnId: turns[0]?.id, risePercent: 5 },
          { turnId: turns[1]?.id, risePercent: 0.5 },
        ],
      },
    ])
    expect(fiveHours?.elsewherePercent).toBe(100)
    expect(week?.moved.map(({ risePercent }) => risePercent)).toEqual([5])
    expect(all.credits).toMatchObject([
      { limitId: 'codex', balance: '12.50', unlimited: false },
      { limitId: 'codex_bengalfox', balance: '12.50' },
    ])
    const { moves } = await engine.ask('limit.moves', { id })
    expect(moves.map(({ sessionId, windowMinutes, risePercent }) => [sessionId, windowMinutes, risePercent])).toEqual([
      [id, 300, 5.5],
      [id, 10_080, 5],
    ])
    expect(await engine.ask('limit.moves', {})).toEqual({ moves })
  }))

test('a plan is told where the service tells it, and nothing where it tells nothing', () =>
  withHome('28_chatgpt_ws', async ({ engine, home }) => {
    await follow(engine, home)
    const { windows, credits } = await noted(engine, 10)
    expect(windows.map(({ now }) => [now.plan, now.usedPercent])).toEqual([
      ['pro', 24],
      ['pro', 60],
    ])
    expect(credits).toEqual([])
  }))

test('what was noted outlives a rebuild and its file, and is taken back with what files said', () =>
  withHome('14_rate_limits', async ({ engine, home }) => {
    await follow(engine, home)
    const before = shapes(await noted(engine, 12))
    for (const path of sessionFiles(home)) rmSync(path)
    await engine.ask('facts.rebuild', {})
    await engine.settled()
    expect(shapes(await limits(engine))).toEqual(before)
    await engine.ask('history.forget', {})
    expect(await limits(engine)).toEqual({ samples: 0, windows: [], credits: [] })
    expect(await engine.ask('limit.moves', {})).toEqual({ moves: [] })
  }))

test('windows of two accounts are two, and those of one are one though old files do not say whose they are', () =>
  inTemporaryHome((folder) => {
    const db = openForWriting(folder)
    const thread = db.prepare(
      "INSERT INTO rollout_thread (session_id, rollout_id, at_ms, kind, user) VALUES (@id, @id, 1, 'user', @user)",
    )
    const numberOf = fileNumbers(db)
    const insert = db.prepare(
      `INSERT INTO file_limit (limit_id, window_minutes, at_ms, file, used_percent, resets_at_ms, reached)
       VALUES ('codex', 300, @atMs, @file, @used, @resets, 0)`,
    )
    const note = ({ id, ...noted }: { id: string; used: number; resets: number; atMs: number }): void =>
      void insert.run({ ...noted, file: numberOf(id, id) })
    const now = Date.now()
    const resets = now + 3_600_000
    const accounts = (): unknown =>
      limitList(db, { fromMs: now - 3_600_000, toMs: now + 1 }).windows.map(({ account, now: { usedPercent } }) => [
        account,
        usedPercent,
      ])
    try {
      for (const [at, [id, user, used]] of (
        [
          ['a', 'ada', 10],
          ['old', null, 12],
        ] as const
      ).entries()) {
        thread.run({ id, user })
        note({ id, used, resets, atMs: now - 1000 + at })
      }
      expect(accounts()).toEqual([[null, 12]])
      thread.run({ id: 'b', user: 'bob' })
      note({ id: 'b', used: 70, resets, atMs: now - 500 })
      expect(accounts()).toEqual(
        expect.arrayContaining([
          ['ada', 10],
          ['bob', 70],
        ]),
      )
    } finally {
      db.close()
    }
    return Promise.resolve()
  }))
