import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { beginImport } from '../../../src/engine/exchange/import-store.ts'
import { searchIndex, type SearchIndex } from '../../../src/engine/queries/search-index.ts'
import { treeLoader, type LoadedTree, type TreeLoader } from '../../../src/engine/queries/session-tree.ts'
import { readTreeFacts } from '../../../src/engine/queries/tree-facts.ts'
import { readSpans } from '../../../src/engine/queries/tree-spans.ts'
import { openForReading, type Db } from '../../../src/engine/store/database.ts'
import { deleteAllJob } from '../../../src/engine/store/delete-all.ts'
import { pruneJob } from '../../../src/engine/store/prune-job.ts'
import { openSample, removeSample } from '../../../src/engine/store/sample.ts'
import { asProtobuf, loadCapture, type CapturedBody } from '../../captures.ts'
import { inTemporaryFolder, silence, withEngine } from './engine-under-test.ts'
import { shop, support } from './genai-apps.ts'
import { sdkApp } from './sdk-app.ts'
import { openStore, type StoreUnderTest } from './store-under-test.ts'
import { storedBodies } from './stored-bodies.ts'

const noPause = (): Promise<void> => Promise.resolve()

/** A reader that keeps a tree of every session, and looks whether each is what a reader that keeps nothing would make now. */
class Watch {
  readonly #db: Db
  readonly #loaders = new Map<string, TreeLoader>()
  readonly #ids
  kept = 0

  constructor(dataDir: string) {
    this.#db = openForReading(dataDir)
    this.#ids = this.#db.prepare<[], string>('SELECT id FROM session').pluck()
  }

  load(id: string): LoadedTree {
    const loader = this.#loaders.get(id) ?? treeLoader(this.#db, silence.everythingIsOld)
    this.#loaders.set(id, loader)
    return loader(id)
  }

  index(loaded: LoadedTree): Promise<SearchIndex> {
    return searchIndex(this.#db, loaded, noPause)
  }

  async look(after: string): Promise<void> {
    for (const id of this.#ids.all()) {
      const kept = this.load(id)
      const fresh = treeLoader(this.#db, silence.everythingIsOld)(id)
      for (const part of ['facts', 'tree', 'spans'] as const)
        expect(isDeepStrictEqual(kept[part], fresh[part]), `${part} of ${id} after ${after}`).toBe(true)
      const [known, made] = await Promise.all([this.index(kept), this.index(fresh)])
      expect(entriesIn(known, fresh), `index of ${id} after ${after}`).toEqual(entriesIn(made, fresh))
      this.kept++
    }
  }

  close(): void {
    this.#db.close()
  }
}

function entriesIn({ spans, logs, logTable }: SearchIndex, of: LoadedTree): unknown {
  const ofSpans = Array.from(spans.bodies, (body, index) => [body, ...spans.entriesAt(index, of.spans.at)])
  const ofLogs = Array.from(logs.bodies, (body, index) => [body, ...logs.entriesAt(index, logTable.at)])
  return { ofSpans, ofLogs, logTable }
}

/** Yields its name after each commit. */
type Scenario = (store: StoreUnderTest, folder: string) => Generator<string>

function* arriving(store: StoreUnderTest, bodies: readonly CapturedBody[]): Generator<string> {
  for (const body of bodies) {
    store.store(body)
    yield `a body of ${body.signal}`
    store.settle()
    yield 'settling'
  }
}

const bodiesOf = (...names: string[]): CapturedBody[] => names.flatMap((name) => [...loadCapture(name).bodies])

function watched(scenario: Scenario): Promise<void> {
  return inTemporaryFolder(async (folder) => {
    const dataDir = join(folder, 'data')
    const store = openStore(dataDir)
    const watch = new Watch(dataDir)
    try {
      for (const after of scenario(store, folder)) await watch.look(after)
      expect(watch.kept).toBeGreaterThan(5)
    } finally {
      watch.close()
      store.close()
    }
  })
}

function storeAll(store: StoreUnderTest, ...names: string[]): void {
  for (const body of bodiesOf(...names)) store.store(body)
  store.settle()
}

function writeSample(folder: string, bodies: readonly CapturedBody[], sessions: readonly string[]): string {
  const sample = join(folder, 'sample')
  mkdirSync(sample, { recursive: true })
  const kept = bodies.filter(({ signal }) => signal !== 'metrics')
  kept.forEach(({ bytes }, i) => writeFileSync(join(sample, `${i}.pb.gz`), gzipSync(bytes, { level: 1 })))
  const files = kept.map(({ signal }, i) => ({ file: `${i}.pb.gz`, signal }))
  writeFileSync(join(sample, 'manifest.json'), JSON.stringify({ open: sessions[0], sessions, bodies: files }))
  return sample
}

const everything = { rawBeforeMs: Infinity, maxBytes: Infinity, factsBeforeMs: 4e12 }

function pruneSteps(store: StoreUnderTest): ReturnType<typeof pruneJob> {
  return pruneJob(store.db, store.writer.pruning, everything, () => store.writer.forgetIds())
}

const scenarios: Readonly<Record<string, Scenario>> = {
  *'its records are pruned piece by piece'(store) {
    storeAll(store, '02_classic', '09_subagents')
    yield 'storing'
    const job = pruneSteps(store)
    while (!job.step(0.01)) yield 'a step of pruning'
    yield 'the last step of pruning'
    storeAll(store, '09_subagents')
    yield 'storing again'
  },
  *'facts are rebuilt'(store) {
    storeAll(store, '28_guardian', '02_classic')
    // What was pruned keeps its facts through a rebuild, and loses the rest of its records for as long as that takes.
    const pruning = pruneSteps(store)
    while (pruning.progress().done < 8) pruning.step(0.01)
    yield 'pruning'
    store.writer.rebuilding.begin()
    yield 'the begin of a rebuild'
    while (!store.writer.rebuilding.step(1)) yield 'a step of a rebuild'
    yield 'the last step of a rebuild'
    store.settle()
    yield 'settling'
  },
  *'everything is deleted and received again'(store) {
    for (let round = 0; round < 3; round++) {
      storeAll(store, '09_subagents')
      yield 'storing'
      deleteAllJob(store.db, () => store.writer.forget()).step(1)
      yield 'deleting'
    }
    yield* arriving(store, bodiesOf('09_subagents').slice(0, 4))
  },
  *'the sample is opened and removed'(store, folder) {
    const { bodies, conversations } = loadCapture('09_subagents')
    const ids = conversations.map(({ conversation }) => conversation)
    const sample = writeSample(folder, bodies, ids)
    // Some of its bodies are the user's own: they stay.
    for (const body of bodies.slice(0, 3)) store.store(body)
    for (let round = 0; round < 2; round++) {
      openSample(store.db, store.writer, sample)
      yield 'opening the sample'
      removeSample(store.db, store.writer)
      yield 'removing the sample'
    }
  },
  *'a session with which it shares a trace is removed'(store, folder) {
    const traces = bodiesOf('09_subagents').filter(({ signal }) => signal === 'traces')
    for (const { conversation } of loadCapture('09_subagents').conversations) {
      for (const body of traces) store.store(body)
      store.settle()
      yield 'storing'
      // Its bodies came from the user, so that they stay.
      openSample(store.db, store.writer, writeSample(folder, traces.slice(0, 1), [conversation]))
      yield 'opening the sample'
      removeSample(store.db, store.writer)
      yield 'removing the sample'
      store.writer.rebuild()
      store.settle()
      yield 'rebuilding'
    }
  },
  *'an import is taken back'(store) {
    storeAll(store, '02_classic', '09_subagents')
    yield 'storing'
    const bodies = bodiesOf('28_guardian', '09_subagents').map(asProtobuf)
    const importing = beginImport(store.db, store.writer)
    for (const { signal, bytes } of bodies) {
      importing.store([{ signal, bytes: Buffer.from(bytes), sessionId: null, line: null }])
      yield 'importing'
    }
    for (const _ of importing.undo()) yield 'a step back'
    yield 'the last step back'
    store.settle()
    yield 'settling'
  },
}

describe('a tree that is kept is what it would be now', () => {
  test('whatever order records arrive in', () =>
    fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray(bodiesOf('09_subagents', '02_classic'), { minLength: 12, maxLength: 12 }),
        (bodies) => watched((store) => arriving(store, bodies)),
      ),
      { numRuns: 3 },
    ))

  test.each(Object.keys(scenarios))('when %s', (name) => watched(scenarios[name] as Scenario))

  test('when an application names the conversation of its logs later', async () => {
    const bodies = await inTemporaryFolder((dataDir) =>
      withEngine({ dataDir }, async (engine) => {
        const app = sdkApp(engine, 'HTTP', shop)
        const { context, end } = app.start({ name: 'GET', from: 5000, to: 5900, attributes: {} })
        const chat = { 'gen_ai.operation.name': 'chat', 'gen_ai.request.model': 'gpt-4o' }
        app.span({ name: 'chat', from: 5010, to: 5020, attributes: chat, within: context })
        app.log('gen_ai.client.inference.operation.details', 5015, { 'gen_ai.request.model': 'gpt-4o' }, context)
        support(app, 'conv-1')
        app.log('gen_ai.evaluation.result', 500, { 'gen_ai.conversation.id': 'conv-1' })
        app.span({
          name: 'chat',
          from: 5030,
          to: 5040,
          attributes: { ...chat, 'gen_ai.conversation.id': 'conv-1' },
          within: context,
        })
        end()
        await app.close()
        return storedBodies(dataDir)
      }),
    )
    const logs = bodies.filter(({ signal }) => signal === 'logs')
    const traces = bodies.filter(({ signal }) => signal === 'traces')
    await watched((store) => arriving(store, [...logs, ...traces]))
    await watched((store) => arriving(store, [...logs, ...traces.toReversed()]))
  })
})

describe('a tree is kept', () => {
  const { bodies, conversations } = loadCapture('28_guardian')
  const id = conversations[0]?.conversation ?? ''

  test('with what is searched, while other sessions come and go, and until a record of its own comes', () =>
    inTemporaryFolder((dataDir) => {
      const store = openStore(dataDir)
      const watch = new Watch(dataDir)
      for (const body of bodies.slice(0, -1)) store.store(body)
      store.settle()
      const before = watch.load(id)
      const index = watch.index(before)
      for (const body of bodiesOf('02_classic', '09_subagents')) store.store(body)
      expect(watch.load(id)).toBe(before)
      store.settle()
      while (!store.writer.sumUp(1000, 1e6));
      removeSample(store.db, store.writer)
      expect(watch.load(id)).toBe(before)
      expect(watch.index(watch.load(id))).toBe(index)
      for (const body of bodies.slice(-1)) store.store(body)
      expect(watch.load(id)).not.toBe(before)
      watch.close()
      store.close()
    }))

  test('but for its rows, when only a fact has changed', () =>
    inTemporaryFolder((dataDir) => {
      const store = openStore(dataDir)
      const watch = new Watch(dataDir)
      for (const body of bodies) store.store(body)
      store.settle()
      const before = watch.load(id)
      store.db.prepare("UPDATE session SET title = 'another' WHERE id = ?").run(id)
      const after = watch.load(id)
      expect(after.facts.sessions[0]?.title).toBe('another')
      expect(after.tree).not.toBe(before.tree)
      expect(after.spans).toBe(before.spans)
      watch.close()
      store.close()
    }))

  test('but for the traces that changed, when a record comes', () =>
    inTemporaryFolder((dataDir) => {
      const many = loadCapture('22_many_steps')
      const session = many.conversations[0]?.conversation ?? ''
      const last = many.bodies.findLast(({ signal }) => signal === 'traces')
      const store = openStore(dataDir)
      for (const body of many.bodies) if (body !== last) store.store(body)
      store.settle()
      const { base } = readTreeFacts(store.db, session, silence.everythingIsOld)
      const before = readSpans(store.db, [session], base)
      const versions = new Map(before.traces.map(({ trace, version }) => [trace, version]))
      // What is taken from it can be told by that.
      before.name.fill(-1)
      if (last) store.store(last)
      const after = readSpans(store.db, [session], base, before)
      const isKept = after.traces.map(({ trace, version }) => versions.get(trace) === version)
      expect(new Set(isKept)).toEqual(new Set([true, false]))
      const isTaken = after.traces.map(({ from, to }) => after.name.subarray(from, to).every((name) => name === -1))
      expect(isTaken).toEqual(isKept)
      store.close()
    }))
})
