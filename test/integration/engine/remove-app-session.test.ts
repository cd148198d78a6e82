import { expect, test } from 'vitest'
import { removeJob } from '../../../src/engine/store/remove-job.ts'
import { shuffled, type CapturedBody } from '../../captures.ts'
import { namesOf } from '../../../src/model/genai/producers/index.ts'
import { loadRecording, producerNames } from '../../genai-producers.ts'
import { inTemporaryFolder } from './engine-under-test.ts'
import { jsonBody, texts } from './requests.ts'
import { openStore, type StoreUnderTest } from './store-under-test.ts'

function workOff({ db, writer }: StoreUnderTest): void {
  while (writer.removal.isLeft()) {
    const job = removeJob(db, writer.removal, () => writer.forgetIds())
    while (!job.step(5));
  }
}

function remove(store: StoreUnderTest, id: string): void {
  store.writer.removal.begin(id)
  workOff(store)
  store.settle()
}

function receive(store: StoreUnderTest, bodies: readonly CapturedBody[]): void {
  for (const body of bodies) {
    store.store(body)
    store.settle()
  }
  // What came before it was known whose it is.
  workOff(store)
  store.settle()
}

const sessionsOf = ({ db }: StoreUnderTest): unknown[] =>
  db
    .prepare(
      `SELECT id, (SELECT count(*) FROM genai_call WHERE session_id = session.id) AS calls,
         (SELECT count(*) FROM genai_step WHERE session_id = session.id) AS steps FROM session ORDER BY id`,
    )
    .all()

const named = producerNames.filter((name) => loadRecording(name).sessions.length > 0)

test.each(named)('sessions of %s that are deleted stay away, in whatever order records come again', (name) =>
  inTemporaryFolder((dataDir) => {
    const { bodies } = loadRecording(name)
    const store = openStore(dataDir)
    receive(store, bodies)
    const before = sessionsOf(store) as { readonly id: string }[]
    expect(before.length).toBeGreaterThan(0)
    for (const [at, { id }] of before.entries()) {
      remove(store, id)
      expect(sessionsOf(store), `without ${id}`).toEqual(before.slice(at + 1))
      receive(store, bodies.toReversed())
      expect(sessionsOf(store), `${id} came again`).toEqual(before.slice(at + 1))
    }
    for (const seed of [1, 2]) receive(store, shuffled(bodies, seed))
    expect(sessionsOf(store)).toEqual([])
    store.close()
  }),
)

function spanOf(
  service: string,
  id: string,
  fields: object,
  attributes: Readonly<Record<string, string>>,
): CapturedBody {
  const times = { startTimeUnixNano: '1790000000000000000', endTimeUnixNano: '1790000001000000000' }
  const ids = { traceId: id.slice(0, 2).padStart(32, '0'), spanId: id.padStart(16, '0') }
  const span = { ...ids, name: 'chat', ...times, attributes: texts(attributes), ...fields }
  const resource = { attributes: texts({ 'service.name': service }) }
  return jsonBody('traces', { resourceSpans: [{ resource, scopeSpans: [{ spans: [span] }] }] })
}

const chat = { 'gen_ai.operation.name': 'chat', 'gen_ai.request.model': 'm' }
const callOf = (service: string, id: string): CapturedBody =>
  spanOf(service, id, {}, { ...chat, 'gen_ai.conversation.id': '1' })

test.each(namesOf('conversation'))(
  'one that is named by %s stays away in new traces, also where a call comes before its name',
  (name) =>
    inTemporaryFolder((dataDir) => {
      const store = openStore(dataDir)
      receive(store, [spanOf('a', 'a1', {}, { ...chat, [name]: '1' })])
      expect(sessionsOf(store)).toMatchObject([{ id: '1', calls: 1 }])
      remove(store, '1')
      receive(store, [spanOf('a', 'a2', {}, { ...chat, [name]: '1' })])
      const above = 'a3'.padStart(16, '0')
      receive(store, [
        spanOf('a', 'a301', { parentSpanId: above }, chat),
        spanOf('a', 'a3', {}, { 'gen_ai.operation.name': 'invoke_agent', [name]: '1' }),
        spanOf('a', 'a302', { parentSpanId: above }, chat),
      ])
      expect(sessionsOf(store)).toEqual([])
      const [told] = store.reader['removed.list']({}).sessions
      expect(told).toMatchObject({ id: '1', helpers: 0, refused: 3 })
      store.close()
    }),
)

test('of two services with a conversation of the same id, one is deleted and the other is left, whichever is first', () =>
  inTemporaryFolder((dataDir) => {
    const store = openStore(dataDir)
    receive(store, [callOf('b', 'b1'), callOf('c', 'c1')])
    expect(sessionsOf(store)).toMatchObject([{ id: '1' }, { id: '1@c' }])
    remove(store, '1')
    receive(store, [callOf('b', 'b2'), callOf('c', 'c2'), callOf('a', 'a1')])
    expect(sessionsOf(store)).toMatchObject([
      { id: '1@a', calls: 1 },
      { id: '1@c', calls: 2 },
    ])
    remove(store, '1@c')
    receive(store, [callOf('c', 'c3'), callOf('a', 'a2')])
    expect(sessionsOf(store)).toMatchObject([{ id: '1@a', calls: 2 }])
    store.writer.removal.forget('1')
    receive(store, [callOf('b', 'b3')])
    expect(sessionsOf(store)).toHaveLength(2)
    store.close()
  }))
