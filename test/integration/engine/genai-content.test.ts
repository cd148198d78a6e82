import { describe, expect, test } from 'vitest'
import { privacyFilter } from '../../../src/engine/otlp/privacy.ts'
import { asProtobuf, type CapturedBody } from '../../captures.ts'
import { loadRecording, producerNames } from '../../genai-producers.ts'
import { inTemporaryFolder } from './engine-under-test.ts'
import { openStore } from './store-under-test.ts'

/** In the recordings each kind of content has a word of its own. */
const words = ['velvetprompt', 'velvetanswer', 'velvetargument', 'velvetresult']

describe.each(producerNames)('%s', (name) => {
  const { bodies, said } = loadRecording(name)

  test('each row shows what was said, whichever of its records holds it, in any order', async () => {
    expect(await saidIn(bodies)).toEqual(said)
    expect(await saidIn(bodies.toReversed())).toEqual(said)
  })

  test('no row shows what the privacy switches leave out', async () => {
    const filter = privacyFilter({ dropPrompts: true, dropArguments: true, dropOutputs: true, maskEmail: true })
    const kept = bodies
      .map(asProtobuf)
      .map((body) => ({ ...body, bytes: new Uint8Array(filter(body.signal, body.bytes).body) }))
    expect(await saidIn(kept)).toEqual([])
  })
})

/** A line for each row that says any of the words, with where it says them. */
function saidIn(bodies: readonly CapturedBody[]): Promise<readonly string[]> {
  return inTemporaryFolder((dataDir) => {
    const store = openStore(dataDir)
    try {
      for (const body of bodies) store.store(body)
      store.settle()
      const sessions = store.db.prepare<[], string>('SELECT id FROM session ORDER BY first_ns, id').pluck().all()
      return sessions.flatMap((id) =>
        store.reader['session.tree']({ id }).rows.flatMap((row) => {
          const details = store.reader['session.row']({ id, rowId: row.id })
          const told = (['prompt', 'arguments', 'output'] as const).flatMap((part) => {
            const held = words.filter((word) => details[part]?.includes(word) === true)
            return held.length === 0 ? [] : [`${part} ${held.join(' ')}`]
          })
          return told.length === 0 ? [] : [`${row.label}: ${told.join(', ')}`]
        }),
      )
    } finally {
      store.close()
    }
  })
}
