import { rmSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { Params, Value } from '../../../src/contract/index.ts'
import { procedures } from '../../../src/contract/index.ts'
import { findRollouts } from '../../../src/engine/history/find-rollouts.ts'
import { conversationQueries } from '../../../src/engine/queries/conversation.ts'
import type { Db } from '../../../src/engine/store/database.ts'
import { writeSettings } from '../../../src/engine/store/settings.ts'
import { loadRolloutRun } from '../../rollouts.ts'
import { openStoreFile } from '../engine/empty-store.ts'
import { inTemporaryHome } from './rollout-facts.ts'
import { storeHome } from './stored-home.ts'

interface Opened {
  readonly db: Db
  readonly home: string
  readonly id: string
  readonly ask: (params?: Partial<Params<'session.conversation'>>) => Promise<Value<'session.conversation'>>
  readonly queries: ReturnType<typeof conversationQueries>
}

/** A run whose session files were read into a database. */
function withRun(name: string, run: (opened: Opened) => Promise<void>): Promise<void> {
  return inTemporaryHome((home) =>
    inTemporaryHome(async (data) => {
      const { threads, unpackInto } = loadRolloutRun(name)
      unpackInto(home)
      const db = openStoreFile(data)
      try {
        await storeHome(db, home)
        const id = threads.find(({ kind }) => kind === 'user')?.id ?? ''
        const queries = conversationQueries(db)
        const { params: schema } = procedures['session.conversation']
        await run({
          db,
          home,
          id,
          queries,
          ask: (params = {}) => queries['session.conversation'](schema.parse({ id, ...params })),
        })
      } finally {
        db.close()
      }
    }),
  )
}

test('a transcript comes in pages, and says where a call and a moment of a turn stand', () =>
  withRun('01_fix', async ({ ask }) => {
    const whole = await ask()
    expect(whole.total).toBe(whole.items.length)
    const page = await ask({ offset: 2, limit: 3 })
    expect(page.items).toEqual(whole.items.slice(2, 5))
    const patch = whole.items.findIndex(({ kind }) => kind === 'patch')
    const { callId = null, turnId = null, atMs } = whole.items[patch] ?? { atMs: 0 }
    expect((await ask({ limit: 0, sought: { callId } })).position).toBe(patch)
    expect((await ask({ limit: 0, sought: { turnId } })).position).toBe(0)
    expect((await ask({ limit: 0, sought: { turnId, timeMs: atMs } })).position).toBe(patch)
    expect((await ask({ limit: 0, sought: { turnId: 'another' } })).position).toBeNull()
  }))

test('a packed file is read like any other', () =>
  withRun('16_archived_zst', async ({ ask }) => {
    const { items, files } = await ask()
    expect(files).toMatchObject([{ problem: null }])
    expect(items.map(({ kind }) => kind)).toContain('reply')
    expect((await ask({ offset: 1, limit: 2 })).items).toEqual(items.slice(1, 3))
  }))

test('a session without a file has none, and one whose file is gone says so', () =>
  withRun('01_fix', async ({ ask, db, home, queries, id }) => {
    rmSync(findRollouts(home).files[0]?.path ?? '')
    expect(await ask()).toMatchObject({ total: 0, items: [], files: [{ problem: 'gone' }] })
    db.exec('DELETE FROM rollout_file')
    expect(await ask()).toMatchObject({ total: 0, files: [] })
    await expect(queries['conversation.find']({ id: 'nobody', words: 'x' })).rejects.toThrow('no session')
    expect(await queries['conversation.text']({ id, key: 'none', part: 'text' })).toEqual({ text: null })
  }))

test('the whole of a text comes by its item and part', () =>
  withRun('26_big', async ({ ask, queries, id }) => {
    const { items } = await ask()
    const long = items.find(
      (item) => item.kind === 'tool' && (item.output?.length ?? 0) > (item.output?.text.length ?? 0),
    )
    if (long?.kind !== 'tool' || !long.output) throw new Error('the run has a long output')
    const { text } = await queries['conversation.text']({ id, key: long.key, part: long.output.part })
    expect(text?.length).toBe(long.output.length)
    expect(text?.startsWith(long.output.text)).toBe(true)
  }))

test('words are found wherever they are seen, case ignored, and not where a switch leaves them out', () =>
  withRun('01_fix', async ({ ask, db, queries, id }) => {
    const kinds = async (words: string): Promise<readonly (string | undefined)[]> => {
      const { items } = await ask()
      return (await queries['conversation.find']({ id, words })).positions.map((at) => items[at]?.kind)
    }
    expect(await kinds('QUANTITIES')).toEqual(['prompt', 'reasoning'])
    expect(await kinds('item.quantity')).toEqual(['patch'])
    expect(await kinds('got 5')).toEqual(['tool'])
    expect(await kinds('no such words')).toEqual([])
    writeSettings(db, {
      theme: 'system',
      privacy: { dropPrompts: true, dropArguments: false, dropOutputs: false, maskEmail: false },
    })
    expect(await kinds('QUANTITIES')).toEqual(['reasoning'])
  }))
