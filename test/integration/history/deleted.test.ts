import { expect, test, vi } from 'vitest'
import { deleteAllWord } from '../../../src/contract/store.ts'
import { follow, patience, withHome } from './home-under-test.ts'

test('deleting everything pauses the reading of files, which goes on when somebody says so', () =>
  withHome('03_agents', async ({ engine, home, run }) => {
    await follow(engine, home)
    const listed = async (): Promise<number> => (await engine.ask('session.list', {})).total
    await vi.waitFor(async () => expect(await listed()).toBe(run.threads.length), patience)
    await engine.ask('store.deleteAll', { word: deleteAllWord })
    expect((await engine.ask('settings.read', {})).history).toMatchObject({ enabled: true, paused: true })
    // All that a pass over the files would bring is there when another one, over nothing, has ended.
    await engine.ask('history.scan', { homes: [] })
    expect(await listed()).toBe(0)
    expect((await engine.ask('history.status', {})).read.files).toBe(0)
    await follow(engine, home)
    await vi.waitFor(async () => expect(await listed()).toBe(run.threads.length), patience)
  }))

test('deleting everything in the middle of reading leaves nothing of it', () =>
  withHome('26_big', async ({ engine, home }) => {
    await follow(engine, home)
    await engine.ask('store.deleteAll', { word: deleteAllWord })
    await engine.ask('history.scan', { homes: [] })
    expect((await engine.ask('history.status', {})).read.files).toBe(0)
    expect((await engine.ask('session.list', {})).total).toBe(0)
  }))

test('forgetting in the middle of reading leaves nothing of it', () =>
  withHome('26_big', async ({ engine, home }) => {
    await follow(engine, home)
    await engine.ask('history.forget', {})
    await engine.ask('history.scan', { homes: [] })
    expect((await engine.ask('history.status', {})).read.files).toBe(0)
    expect((await engine.ask('session.list', {})).total).toBe(0)
  }))
