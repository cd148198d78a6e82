import { appendFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import type { TrueThread } from '../../rollouts.ts'
import type { UnderTest } from '../engine/engine-under-test.ts'
import { follow, patience, withHome, type HomeUnderTest } from './home-under-test.ts'

/** Once all sessions of the run that left a file are listed. */
async function read({ engine, home, run }: HomeUnderTest): Promise<readonly TrueThread[]> {
  await follow(engine, home)
  const threads = run.threads.filter(({ files }) => files.length > 0)
  const known = async (): Promise<number> => (await engine.ask('session.list', {})).total
  await vi.waitFor(async () => expect(await known()).toBeGreaterThanOrEqual(threads.length), patience)
  await engine.settled()
  return threads
}

async function titleOf(engine: UnderTest, id: string): Promise<string | null> {
  return (await engine.ask('session.get', { id })).title
}

test('a session has the title that was given to it last, and is found by it', () =>
  withHome('20_tui_named', async (given) => {
    const { engine, home } = given
    const [{ id } = { id: '' }] = await read(given)
    expect(await titleOf(engine, id)).toBe('My own title')
    const found = async (search: string): Promise<readonly string[]> =>
      (await engine.ask('session.list', { search })).sessions.map((session) => session.id)
    expect(await found('OWN title')).toEqual([id])
    expect(await found('Made by Codex')).toEqual([])

    const index = join(home, 'session_index.jsonl')
    appendFileSync(index, `${JSON.stringify({ id, thread_name: 'Named anew' })}\n{"id":"${id}","thread_na`)
    await vi.waitFor(async () => expect(await titleOf(engine, id)).toBe('Named anew'), patience)
    // Without the file, or with one that is none, the prompt stands.
    rmSync(index)
    writeFileSync(index, Buffer.from([0xff, 0, 0x0a, 0x7b]))
    await vi.waitFor(async () => expect(await titleOf(engine, id)).not.toMatch(/Named anew|own title/), patience)
  }))

test('a title is left out where prompts are, for Codex makes it from them', () =>
  withHome('20_tui_named', async (given) => {
    const { engine } = given
    await engine.ask('settings.write', {
      privacy: { dropPrompts: true, dropArguments: false, dropOutputs: false, maskEmail: false },
    })
    const [{ id } = { id: '' }] = await read(given)
    expect(await titleOf(engine, id)).toBeNull()
  }))

test('a session that only a packed file tells of is titled by its first prompt', () =>
  withHome('16_archived_zst', async (given) => {
    const threads = await read(given)
    for (const { id, prompts } of threads) expect(await titleOf(given.engine, id)).toBe(prompts[0]?.text)
    expect(threads.length).toBeGreaterThan(2)
  }))

test('forks are told both ways', () =>
  withHome('11_fork', async (given) => {
    const threads = await read(given)
    for (const { id, forked_from: from } of threads) {
      const { lineage = [] } = await given.engine.ask('session.get', { id })
      const told = (relation: string): readonly string[] =>
        lineage.filter((one) => one.relation === relation).map((one) => one.id)
      expect(told('forked_from')).toEqual(from === null ? [] : [from])
      const forks = threads.filter((thread) => thread.forked_from === id).map((thread) => thread.id)
      expect(told('fork')).toEqual(forks.sort())
      for (const other of lineage) expect(other.title).not.toBeNull()
    }
  }))

test('helpers are told both ways by files alone', () =>
  withHome('03_agents', async (given) => {
    const threads = await read(given)
    const root = threads.find(({ parent }) => parent === null)
    const helpers = threads.filter(({ parent }) => parent !== null)
    const { lineage } = await given.engine.ask('session.get', { id: root?.id ?? '' })
    expect(new Set(lineage?.map(({ relation, id }) => `${relation} ${id}`))).toEqual(
      new Set(helpers.map(({ id }) => `helper ${id}`)),
    )
    for (const { id, parent } of helpers)
      expect((await given.engine.ask('session.get', { id })).lineage).toMatchObject([
        { relation: 'parent', id: parent },
      ])
  }))
