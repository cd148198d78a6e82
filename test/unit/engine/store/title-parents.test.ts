import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { migrate } from '../../../../src/engine/store/database.ts'
import { createWriter } from '../../../../src/engine/store/writer.ts'
import { jsonBody, logRequest, spanRequest, texts } from '../../../integration/engine/requests.ts'
import type { CapturedBody } from '../../../captures.ts'

const base = 1_790_000_000_000

function promptAt(conversation: string, ms: number): CapturedBody {
  const attributes = texts({
    'event.name': 'codex.user_prompt',
    'conversation.id': conversation,
    prompt: '[REDACTED]',
  })
  return jsonBody('logs', logRequest({ observedTimeUnixNano: `${base + ms}000000`, attributes }))
}

/** The hidden request that tells a title session, and the span that joins its turn with its conversation. */
function titleRequest(conversation: string, ms: number, id: string): CapturedBody {
  const span = (name: string, of: string, attributes: Readonly<Record<string, string>>): object => ({
    traceId: id.repeat(32),
    spanId: (id + of).repeat(8),
    name,
    startTimeUnixNano: `${base + ms}000000`,
    endTimeUnixNano: `${base + ms + 1}000000`,
    attributes: texts({ 'turn.id': `turn of ${conversation}`, ...attributes }),
  })
  return jsonBody(
    'traces',
    spanRequest(
      span('turn/start', '1', { 'rpc.request_id': 'temporary-structured-turn-1' }),
      span('run_turn', '2', { 'conversation.id': conversation }),
    ),
  )
}

/** Two sessions of people, a second and a half apart, and each one's title session a moment after its prompt. */
const arrivals = [
  promptAt('first', 0),
  promptAt('second', 1500),
  promptAt('title of first', 40),
  titleRequest('title of first', 40, 'a'),
  promptAt('title of second', 1540),
  titleRequest('title of second', 1540, 'b'),
]

/** All migrations take three times as long as the six bodies. */
function emptyDatabase(): Buffer {
  const db = new Database(':memory:')
  migrate(db)
  const bytes = db.serialize()
  db.close()
  return bytes
}

test('a title whose prompt is redacted finds its session in whatever order the records arrive', () => {
  const found = new Map<string, string>()
  const empty = emptyDatabase()
  for (const order of permutations(arrivals)) {
    const db = new Database(empty)
    const writer = createWriter(db)
    for (const body of order) {
      writer.store([{ ...body, bytes: body.bytes.slice(), origin: 'received' }])
      while (!writer.settle(1000));
    }
    const parents = db.prepare("SELECT id, parent_id FROM session WHERE kind = 'title' ORDER BY id").raw().all()
    db.close()
    found.set(JSON.stringify(parents), order.map((body) => arrivals.indexOf(body)).join(' '))
  }
  expect([...found.keys()]).toEqual(['[["title of first","first"],["title of second","second"]]'])
})

/** Every tenth order: enough of the 720 to meet each pair of bodies in both orders many times. */
function* permutations(bodies: readonly CapturedBody[]): Generator<CapturedBody[]> {
  for (let number = 0; number < 720; number += 10) {
    const left = [...bodies]
    const order: CapturedBody[] = []
    for (let rest = number + ((number / 10) % 10), size = left.length; size > 0; size--) {
      order.push(...left.splice(rest % size, 1))
      rest = Math.floor(rest / size)
    }
    yield order
  }
}
