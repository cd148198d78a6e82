import { appendFileSync, existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import type { UnderTest } from '../engine/engine-under-test.ts'
import { patience, sessionFiles, withHome } from './home-under-test.ts'

const secret = 'plantedsecret4711'
const prompt = 'plantedprompt of somebody'
const reply = 'plantedreply of a model'

function line(type: string, payload: object): string {
  return `${JSON.stringify({ timestamp: '2026-11-28T12:00:00.000Z', type, payload })}\n`
}

function plant(path: string): void {
  const item = { type: 'UserMessage', content: [{ type: 'text', text: prompt }] }
  appendFileSync(path, line('event_msg', { type: 'item_completed', item }))
  appendFileSync(path, line('event_msg', { type: 'agent_message', message: reply }))
  const call = { type: 'function_call', name: 'shell', call_id: 'c-1', arguments: `{"cmd":"echo ${secret} aloud"}` }
  appendFileSync(path, line('response_item', call))
}

function write(engine: UnderTest, home: string, words: boolean): Promise<unknown> {
  return engine.ask('settings.write', { history: { enabled: true, paused: false, homes: [home], words } })
}

/** Which of these stand in a file of the data folder, the log and the write-ahead logs among them. */
function kept(dataDir: string, texts: readonly string[]): readonly string[] {
  const files = readdirSync(dataDir, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => readFileSync(join(dataDir, name)).toString('latin1'))
  return texts.filter((text) => files.some((bytes) => bytes.includes(text)))
}

const found = async (engine: UnderTest, words: string): Promise<number> =>
  (await engine.ask('history.search', { words })).hits.length

test('no word is kept until the user says yes, then words alone, and none once it is taken back', () =>
  withHome('01_fix', async ({ engine, home, dataDir }) => {
    const [path = ''] = sessionFiles(home)
    plant(path)
    await write(engine, home, false)
    const texts = [secret, prompt, reply, 'plantedprompt', 'plantedreply']
    await vi.waitFor(async () => expect((await engine.ask('history.status', {})).read.files).toBe(1), patience)
    expect(await engine.ask('history.search', { words: 'plantedprompt' })).toMatchObject({ state: 'off', hits: [] })
    expect(kept(dataDir, texts)).toEqual([])
    expect(existsSync(join(dataDir, 'words.db'))).toBe(false)

    await write(engine, home, true)
    await vi.waitFor(async () => expect(await found(engine, 'plantedreply')).toBe(1), patience)
    expect(await found(engine, secret)).toBe(1)
    // Words stand in it, and no text that they were in.
    expect(kept(dataDir, [prompt, reply, `${secret} aloud`])).toEqual([])
    const { index } = await engine.ask('history.status', {})
    expect(index).toMatchObject({ files: 1, filesDone: 1 })
    expect(index?.textBytes).toBeGreaterThan(500)

    await write(engine, home, false)
    expect(existsSync(join(dataDir, 'words.db'))).toBe(false)
    expect(kept(dataDir, texts)).toEqual([])
  }))

test('what was read is forgotten with its words', () =>
  withHome('01_fix', async ({ engine, home, dataDir }) => {
    await write(engine, home, true)
    await vi.waitFor(async () => expect(await found(engine, 'quantities')).toBe(2), patience)
    await engine.ask('history.forget', {})
    expect(await engine.ask('history.search', { words: 'quantities' })).toMatchObject({ state: 'off', hits: [] })
    expect(existsSync(join(dataDir, 'words.db'))).toBe(false)
  }))

test('the list of sessions is searched through what their files say, and what is written meanwhile is found', () =>
  withHome('01_fix', async ({ engine, home, run }) => {
    await write(engine, home, true)
    await vi.waitFor(async () => expect(await found(engine, 'quantities')).toBe(2), patience)
    const listed = async (search: string): Promise<readonly string[]> =>
      (await engine.ask('session.list', { search })).sessions.map(({ id }) => id)
    expect(await listed('"got 5"')).toEqual(run.threads.map(({ id }) => id))
    expect(await listed('plantedreply')).toEqual([])
    plant(sessionFiles(home)[0] ?? '')
    await vi.waitFor(
      async () => expect(await listed('plantedreply')).toEqual(run.threads.map(({ id }) => id)),
      patience,
    )
  }))

test('a switch for privacy takes words out that are there, and everything that is deleted is', () =>
  withHome('01_fix', async ({ engine, home, dataDir }) => {
    plant(sessionFiles(home)[0] ?? '')
    await write(engine, home, true)
    await vi.waitFor(async () => expect(await found(engine, secret)).toBe(1), patience)
    const privacy = { dropPrompts: true, dropArguments: true, dropOutputs: false, maskEmail: false }
    await engine.ask('settings.write', { privacy })
    await vi.waitFor(() => expect(kept(dataDir, [secret, 'plantedprompt'])).toEqual([]), patience)
    await vi.waitFor(async () => expect(await found(engine, 'plantedreply')).toBe(1), patience)
    expect(await found(engine, secret)).toBe(0)
  }))
