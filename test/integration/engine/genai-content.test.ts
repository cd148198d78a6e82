import { describe, expect, test } from 'vitest'
import { privacyFilter } from '../../../src/engine/otlp/privacy.ts'
import { asProtobuf, type CapturedBody } from '../../captures.ts'
import { loadRecording, producerNames } from '../../genai-producers.ts'
import { inTemporaryFolder } from './engine-under-test.ts'
import { openStore, type StoreUnderTest } from './store-under-test.ts'

/** In the recordings each kind of content has a word of its own. */
const words = ['velvetprompt', 'velvetanswer', 'velvetargument', 'velvetresult']

describe.each(producerNames)('%s', (name) => {
  const { bodies, said } = loadRecording(name)

  test('each row shows what was said, whichever of its records holds it, in any order', async () => {
    expect(await ofEachSession(bodies, saidIn)).toEqual(said)
    expect(await ofEachSession(bodies.toReversed(), saidIn)).toEqual(said)
  })

  test('no row shows what the privacy switches leave out', async () => {
    expect(await ofEachSession(withoutContent(bodies), saidIn)).toEqual([])
  })
})

test('an answer that stands in a log of its own is an entry of its turn, unless it was left out', async () => {
  const { bodies } = loadRecording('claude-code-renamed')
  const answers = ({ reader }: StoreUnderTest, id: string): unknown[] =>
    reader['session.turns']({ id }).turns.flatMap(({ entries }) => entries.filter(({ kind }) => kind === 'response'))
  const answer = { summary: 'velvetanswer Hello there.', ref: { event: 'assistant_response' } }
  expect(await ofEachSession(bodies, answers)).toMatchObject([answer])
  expect(await ofEachSession(withoutContent(bodies), answers)).toEqual([])
})

/** As they are stored with every privacy switch on. */
function withoutContent(bodies: readonly CapturedBody[]): CapturedBody[] {
  const filter = privacyFilter({ dropPrompts: true, dropArguments: true, dropOutputs: true, maskEmail: true })
  return bodies.map((body) => {
    const protobuf = asProtobuf(body)
    return { ...protobuf, bytes: new Uint8Array(filter(protobuf.signal, protobuf.bytes).body) }
  })
}

/** A line for each row that says any of the words, with where it says them. */
function saidIn({ reader }: StoreUnderTest, id: string): string[] {
  return reader['session.tree']({ id }).rows.flatMap((row) => {
    const details = reader['session.row']({ id, rowId: row.id })
    const told = (['prompt', 'arguments', 'output'] as const).flatMap((part) => {
      const held = words.filter((word) => details[part]?.includes(word) === true)
      return held.length === 0 ? [] : [`${part} ${held.join(' ')}`]
    })
    return told.length === 0 ? [] : [`${row.label}: ${told.join(', ')}`]
  })
}

function ofEachSession<T>(
  bodies: readonly CapturedBody[],
  read: (store: StoreUnderTest, id: string) => readonly T[],
): Promise<T[]> {
  return inTemporaryFolder((dataDir) => {
    const store = openStore(dataDir)
    try {
      for (const body of bodies) store.store(body)
      store.settle()
      const sessions = store.db.prepare<[], string>('SELECT id FROM session ORDER BY first_ns, id').pluck().all()
      return sessions.flatMap((id) => read(store, id))
    } finally {
      store.close()
    }
  })
}
