import { appendFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { Params, Value } from '../../../src/contract/index.ts'
import { procedures } from '../../../src/contract/index.ts'
import { conversationQueries } from '../../../src/engine/queries/conversation.ts'
import { keepWords, type Words } from '../../../src/engine/history/words/keep-words.ts'
import type { Db } from '../../../src/engine/store/database.ts'
import { sessionRemover } from '../../../src/engine/store/remove-session.ts'
import { writeSettings } from '../../../src/engine/store/settings.ts'
import { loadRolloutRun } from '../../rollouts.ts'
import { openStoreFile } from '../engine/empty-store.ts'
import { sessionFiles } from './home-under-test.ts'
import { inTemporaryHome } from './rollout-facts.ts'
import { storeHome } from './stored-home.ts'

interface Opened {
  readonly db: Db
  readonly home: string
  readonly words: Words
  readonly find: (words: string, more?: Partial<Params<'history.search'>>) => Promise<Value<'history.search'>>
}

/** The words of these runs, indexed. */
function withWords(runs: readonly string[], run: (opened: Opened) => Promise<void>): Promise<void> {
  return inTemporaryHome((home) =>
    inTemporaryHome(async (dataDir) => {
      for (const name of runs) loadRolloutRun(name).unpackInto(home)
      const db = openStoreFile(dataDir)
      const words = keepWords({ db, dataDir, grown: () => undefined })
      try {
        await storeHome(db, home)
        await words.look(() => true)
        await run({
          db,
          home,
          words,
          find: (sought, more) => found(words, { words: sought, ...more }),
        })
      } finally {
        words.close()
        db.close()
      }
    }),
  )
}

/** As many as are asked for: a slow machine finds them in several steps, each of which takes a moment. */
async function found(words: Words, params: Params<'history.search'>): Promise<Value<'history.search'>> {
  const asked = procedures['history.search'].params.parse(params)
  const steps = [await words.find(asked)]
  for (;;) {
    const { before, ...rest } = steps.at(-1) ?? expect.unreachable()
    const hits = steps.flatMap((step) => step.hits)
    if (before === null || hits.length >= asked.limit) return { ...rest, hits, before }
    steps.push(await words.find({ ...asked, limit: asked.limit - hits.length, before }))
  }
}

const kinds = ({ hits }: Value<'history.search'>): string[] => hits.map(({ kind }) => kind)

test('words are found in prompts, commands, what they printed, patches and paths, the newest first', () =>
  withWords(['01_fix', '03_agents'], async ({ find }) => {
    const all = await find('quantities')
    expect(kinds(all).sort()).toEqual(['prompt', 'reasoning'])
    expect(all).toMatchObject({ state: 'ready', before: null })
    expect(kinds(await find('item.quantity'))).toEqual(['patch'])
    expect(kinds(await find('"got 5"'))).toEqual(['tool'])
    expect(kinds(await find('cart.mjs', { kinds: ['patch'] }))).toEqual(['patch'])
    expect(kinds(await find('quantitie'))).toEqual(kinds(all))
    expect(kinds(await find('QUANTITIES ignores'))).toContain('prompt')
    expect(await find('no such words')).toMatchObject({ hits: [], before: null })
    expect(await find('—')).toMatchObject({ hits: [] })
    const { hits } = await find('the')
    expect(hits.length).toBeGreaterThan(3)
    expect(hits[0]?.atMs).toBeGreaterThan(hits.at(-1)?.atMs ?? Infinity)
  }))

test('words with signs between and words in quotes stand as they are written', () =>
  withWords(['01_fix'], async ({ find }) => {
    expect(kinds(await find('price * item.quantity'))).toEqual(['patch'])
    expect(kinds(await find('quantity.item'))).toEqual([])
    expect(kinds(await find('"ignores quantities"'))).toEqual(['prompt'])
    expect(kinds(await find('"quantities ignores"'))).toEqual([])
  }))

test('a hit has a line of the file with the words marked, and the key of its entry', () =>
  withWords(['01_fix'], async ({ find, db }) => {
    const { hits } = await find('quantities', { kinds: ['prompt'] })
    const [hit] = hits
    const [from = 0, to = 0] = hit?.snippet?.marks[0] ?? []
    expect(hit?.snippet?.text.slice(from, to)).toBe('quantities')
    expect(hit?.problem).toBeNull()
    const { params } = procedures['session.conversation']
    const asked = params.parse({ id: hit?.sessionId, sought: { key: hit?.key } })
    const { items, position } = await conversationQueries(db)['session.conversation'](asked)
    expect(items[position ?? -1]?.kind).toBe('prompt')
  }))

test('answers come in pages, within a session and a time', () =>
  withWords(['01_fix', '03_agents'], async ({ find }) => {
    const { hits } = await find('the', { limit: 200 })
    const paged: typeof hits = []
    for (let before: number | null | undefined; before !== null;) {
      const page = await find('the', { limit: 2, ...(before === undefined ? {} : { before }) })
      expect(page.hits.length).toBeLessThanOrEqual(2)
      paged.push(...page.hits)
      before = page.before
    }
    expect(paged).toEqual(hits)
    const [{ sessionId = '', atMs = 0 } = {}] = hits
    const own = hits.filter((hit) => hit.sessionId === sessionId)
    expect((await find('the', { sessionId, limit: 200 })).hits).toEqual(own)
    expect((await find('the', { fromMs: atMs, limit: 200 })).hits).toEqual(hits.filter((hit) => hit.atMs >= atMs))
    expect((await find('the', { toMs: atMs, limit: 200 })).hits).toEqual(hits.filter((hit) => hit.atMs < atMs))
  }))

test('a file that is gone is said where its words stood, and one that was written anew holds its new words', () =>
  withWords(['01_fix'], async ({ find, home, words }) => {
    const [path = ''] = sessionFiles(home)
    const written = readFileSync(path, 'utf8')
    writeFileSync(path, written.replaceAll('quantities', 'numbers'))
    expect(kinds(await find('quantities'))).not.toContain('prompt')
    await words.look(() => true)
    expect(kinds(await find('numbers'))).toContain('prompt')
    expect(kinds(await find('quantities'))).not.toContain('prompt')
    rmSync(path)
    expect((await find('numbers')).hits[0]).toMatchObject({ path, problem: 'gone', snippet: null })
    await words.look(() => true)
    expect(kinds(await find('numbers'))).toContain('prompt')
  }))

test('what a file grows by is found, also what is said later of a call that is known', () =>
  withWords([], async ({ db, home, words, find }) => {
    loadRolloutRun('01_fix').unpackInto(home)
    const [path = ''] = sessionFiles(home)
    const bytes = readFileSync(path)
    // The patch is called, and its output has not been written.
    const cut = bytes.indexOf('\n', bytes.indexOf('"type":"custom_tool_call"')) + 1
    writeFileSync(path, bytes.subarray(0, cut))
    await storeHome(db, home)
    await words.look(() => true)
    const before = await find('the', { limit: 200 })
    expect(kinds(await find('multiplies'))).toEqual([])
    appendFileSync(path, bytes.subarray(cut))
    await words.look(() => true)
    expect(kinds(await find('multiplies'))).toContain('reply')
    const after = (await find('the', { limit: 200 })).hits.map(({ key }) => key)
    expect(new Set(after).size).toBe(after.length)
    expect(after).toEqual(expect.arrayContaining(before.hits.map(({ key }) => key)))
  }))

test('packed files are searched like any other', () =>
  withWords(['16_archived_zst'], async ({ find }) => {
    const { hits } = await find('the')
    expect(hits.length).toBeGreaterThan(0)
    expect(hits.every(({ snippet }) => snippet !== null)).toBe(true)
  }))

test('a part of a sentence without spaces is found', () =>
  withWords(['01_fix'], async ({ find, home, words }) => {
    const [path = ''] = sessionFiles(home)
    writeFileSync(path, readFileSync(path, 'utf8').replaceAll('quantities', '合計金額が間違っています'))
    await words.look(() => true)
    expect(kinds(await find('金額'))).toContain('prompt')
    expect(kinds(await find('額金'))).toEqual([])
  }))

test('what a privacy switch leaves out is not found, from when it is switched on', () =>
  withWords(['01_fix'], async ({ db, find, words }) => {
    const none = { dropPrompts: false, dropArguments: false, dropOutputs: false, maskEmail: false }
    writeSettings(db, { theme: 'system', privacy: { ...none, dropPrompts: true } })
    await words.look(() => true)
    expect(kinds(await find('quantities'))).toEqual(['reasoning'])
    writeSettings(db, { theme: 'system', privacy: { ...none, dropOutputs: true } })
    await words.look(() => true)
    expect(kinds(await find('quantities'))).toEqual(['prompt'])
    expect(kinds(await find('"got 5"'))).toEqual([])
  }))

test('a session whose facts went with their days has no words any more', () =>
  withWords(['01_fix', '03_agents'], async ({ db, words, find }) => {
    const { hits } = await find('quantities')
    expect(hits.length).toBeGreaterThan(0)
    for (const { sessionId } of hits) sessionRemover(db).remove(sessionId)
    await words.look(() => true)
    expect((await find('quantities')).hits).toEqual([])
    expect(words.state().files).toBeGreaterThan(0)
  }))
