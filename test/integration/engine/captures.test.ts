import { beforeAll, describe, expect, test } from 'vitest'
import type { Value } from '../../../src/contract/index.ts'
import type { SessionSummary } from '../../../src/model/session/summary.ts'
import { captureNames, loadCapture, shuffled, type CapturedBody, type TrueConversation } from '../../captures.ts'
import { conversationsByTrace, countRecords, decodeSpans } from './decoded.ts'
import { inTemporaryFolder, withEngine, type UnderTest } from './engine-under-test.ts'
import { grpcClient } from './grpc-export.ts'
import { openStore } from './store-under-test.ts'
import { countRows, readFacts, type Tables } from './tables.ts'

interface Replayed {
  readonly sessions: readonly SessionSummary[]
  readonly trees: ReadonlyMap<string, Value<'session.tree'>>
  readonly processes: Value<'process.list'>['processes']
  readonly rows: Readonly<Record<string, number>>
  readonly facts: Tables
  /** Once more, from the bodies alone: how many they were, and the facts. */
  readonly rebuilt: { readonly bodies: number; readonly facts: Tables }
}

describe.each(captureNames)('%s', (name) => {
  const { bodies, conversations } = loadCapture(name)
  const truth = conversations.map(fromTruth).sort(byId)
  const spans = decodeSpans(bodies)
  let replayed: Replayed

  beforeAll(async () => {
    replayed = await inTemporaryFolder((dataDir) => {
      const store = openStore(dataDir)
      store.replay(bodies)
      const { sessions } = store.reader['session.list']({ helpers: true, limit: 1000, offset: 0 })
      const trees = new Map(sessions.map(({ id }) => [id, store.reader['session.tree']({ id })]))
      const { processes } = store.reader['process.list']({})
      const received = { sessions, trees, processes, rows: countRows(dataDir), facts: readFacts(dataDir) }
      const rebuilt = store.writer.rebuild()
      store.settle()
      store.close()
      return { ...received, rebuilt: { bodies: rebuilt, facts: readFacts(dataDir) } }
    })
  })

  test('sessions are what Codex did', () => {
    expect(replayed.sessions.map(fromSummary).sort(byId)).toEqual(truth)
  })

  test('every record is indexed', () => {
    expect(replayed.rows).toMatchObject({ ...countRecords(bodies), body: bodies.length, unsettled: 0 })
  })

  test('every span of a session is in one row of its tree, and every other one under its process', () => {
    const named = conversationsByTrace(spans)
    const ofNoSession = spans.filter(({ traceId }) => named.get(traceId)?.size === 0)
    expect(replayed.processes.reduce((sum, process) => sum + process.spans, 0)).toBe(ofNoSession.length)
    for (const { id } of replayed.sessions.filter(({ parentId }) => parentId === null)) {
      const family = familyOf(id, replayed.sessions)
      const expected = spans.filter(({ traceId }) => [...(named.get(traceId) ?? [])].some((of) => family.has(of)))
      const tree = replayed.trees.get(id)
      expect(tree?.rows.reduce((sum, row) => sum + row.spanCount, 0)).toBe(expected.length)
      expect(tree?.spanCount).toBe(expected.length)
    }
  })

  test.each([
    { order: 'reversed, each twice', arriving: bodies.toReversed().flatMap((body) => [body, body]) },
    { order: 'twice and shuffled', arriving: shuffled([...bodies, ...bodies], 7) },
  ])('$order, settled after each body, the facts are the same', async ({ arriving }) => {
    const { facts, rows } = await inTemporaryFolder((dataDir) => storeAll(dataDir, arriving))
    expect(facts).toEqual(replayed.facts)
    expect(rows).toMatchObject(countRecords(bodies))
  })

  test('rebuilt from the bodies, the facts are the same', () => {
    expect(replayed.rebuilt).toEqual({ bodies: bodies.length, facts: replayed.facts })
  })
})

describe('all runs in one store', () => {
  const captures = captureNames.map(loadCapture)
  const truth = captures.flatMap(({ conversations }) => conversations.map(fromTruth)).sort(byId)
  const bodies = captures.flatMap((capture) => capture.bodies)
  const overHttp = async ({ post }: UnderTest): Promise<void> => {
    for (const body of bodies) expect((await post(body)).status).toBe(200)
  }
  const overGrpc = async ({ grpcAddress }: UnderTest): Promise<void> => {
    const client = grpcClient(grpcAddress)
    for (const body of bodies) expect(await client.send(body)).toBe(0)
    client.close()
  }
  let mixed: Tables

  beforeAll(async () => {
    mixed = (await inTemporaryFolder((dataDir) => storeAll(dataDir, shuffled(bodies, 42)))).facts
  })

  test.each([
    ['HTTP', overHttp],
    ['gRPC', overGrpc],
  ] as const)(
    'sessions over %s are what Codex did, and the facts the same when mixed with each other',
    async (_, sendAll) => {
      const { sessions, rows, facts } = await received(sendAll)
      expect(sessions.map(fromSummary).sort(byId)).toEqual(truth)
      expect(rows).toMatchObject({ ...countRecords(bodies), body: bodies.length, unsettled: 0 })
      expect(facts).toEqual(mixed)
    },
  )
})

/** What an engine knows that these were sent to. */
function received(sendAll: (engine: UnderTest) => Promise<void>) {
  return inTemporaryFolder((dataDir) =>
    withEngine({ dataDir }, async (engine) => {
      await sendAll(engine)
      await engine.settled()
      const { sessions } = await engine.ask('session.list', {})
      await engine.close()
      return { sessions, rows: countRows(dataDir), facts: readFacts(dataDir) }
    }),
  )
}

function storeAll(dataDir: string, bodies: readonly CapturedBody[]) {
  const store = openStore(dataDir)
  store.replay(bodies, { settledBetween: true })
  store.close()
  return { facts: readFacts(dataDir), rows: countRows(dataDir) }
}

function familyOf(id: string, sessions: readonly SessionSummary[]): Set<string> {
  const family = new Set([id])
  for (let before = 0; before < family.size;) {
    before = family.size
    for (const session of sessions) if (family.has(session.parentId ?? '')) family.add(session.id)
  }
  return family
}

function fromTruth(true_: TrueConversation) {
  const { input, cached, cache_write: cacheWrite, output, reasoning } = true_
  return {
    id: true_.conversation,
    kind: true_.kind,
    prompts: true_.prompts,
    apiCalls: true_.model_calls,
    failedApiCalls: true_.failed_responses,
    toolResults: true_.tool_results,
    models: [...true_.models].sort(),
    originator: true_.originator,
    terminal: true_.terminal,
    user: true_.user,
    appVersion: true_.app_version,
    tokens: { input, cached, cacheWrite, output, reasoning },
  }
}

function fromSummary(session: SessionSummary): ReturnType<typeof fromTruth> {
  const { id, kind, prompts, apiCalls, failedApiCalls, models, user, tokens } = session
  return {
    ...{ id, kind, prompts, apiCalls, failedApiCalls, models, user, tokens },
    toolResults: session.toolCalls + session.wrapperCalls,
    originator: session.originator ?? '',
    terminal: session.terminal ?? '',
    appVersion: session.appVersion ?? '',
  }
}

function byId(a: { id: string }, b: { id: string }): number {
  return a.id < b.id ? -1 : 1
}
