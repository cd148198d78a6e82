import { hash } from 'node:crypto'
import { expect, test } from 'vitest'
import { storesEverything } from '../../../../src/contract/settings.ts'
import type { Incoming } from '../../../../src/engine/store/body-store.ts'
import { compress, decompress } from '../../../../src/engine/store/compression.ts'
import { openForWriting, type Db } from '../../../../src/engine/store/database.ts'
import { packAhead } from '../../../../src/engine/store/packed-body.ts'
import { createWriter } from '../../../../src/engine/store/writer.ts'
import { asProtobuf, type CapturedBody } from '../../../captures.ts'
import { promptOf, spanRequest, jsonBody, turnSpan } from '../../../integration/engine/requests.ts'
import { readFacts } from '../../../integration/engine/tables.ts'
import { nest } from '../otlp/wire.ts'
import { temporaryFolder } from './temporary.ts'

const received = (body: CapturedBody): Incoming => ({ ...body, bytes: body.bytes.slice(), origin: 'received' })
const turnOf = (conversation: string): CapturedBody =>
  asProtobuf(jsonBody('traces', spanRequest(turnSpan(conversation))))
/** The limits have nothing to say of it: what is wrong is found when its first records are stored already. */
function brokenBehind({ signal, bytes }: CapturedBody): CapturedBody {
  const broken = new Uint8Array([...bytes, ...nest(Buffer.from([0x0a, 0x7f]), [2, 2, 1])])
  return { signal, encoding: 'protobuf', bytes: broken }
}

function opened(): { dataDir: string; db: Db; writer: ReturnType<typeof createWriter> } {
  const dataDir = temporaryFolder()
  const db = openForWriting(dataDir)
  return { dataDir, db, writer: createWriter(db) }
}

test('of bodies in one transaction one that breaks off within leaves nothing, and takes nothing from the others', () => {
  const good = ['a', 'b', 'c'].map(turnOf)
  const broken = brokenBehind(turnOf('broken'))
  const [with_, without] = [opened(), opened()]
  const answers = with_.writer.store(
    [good[0], broken, good[1], good[2]].flatMap((body) => (body ? [received(body)] : [])),
  )
  expect(answers.map(({ accepted }) => accepted.kind)).toEqual(['stored', 'malformed', 'stored', 'stored'])
  for (const body of good) without.writer.store([received(body)])
  for (const { writer } of [with_, without]) while (!writer.settle(1000));
  expect(readFacts(with_.dataDir)).toEqual(readFacts(without.dataDir))
  expect(spansOf(with_.db)).toEqual(spansOf(without.db))
  expect(namesOf(with_.db)).toEqual(namesOf(without.db))

  // What it had named is named anew by whoever comes next.
  with_.writer.store([received(turnOf('d'))])
  without.writer.store([received(turnOf('d'))])
  expect(namesOf(with_.db)).toEqual(namesOf(without.db))
})

const spansOf = (db: Db): unknown[] =>
  db
    .prepare(
      'SELECT hex(trace_id), span_id, text FROM span JOIN trace ON trace.id = trace JOIN name ON name.id = name ORDER BY 1, 2',
    )
    .all()
const namesOf = (db: Db): unknown[] => db.prepare('SELECT text FROM name ORDER BY text').pluck().all()
const bodies = (db: Db): { hash: Buffer; codec: number; bytes: Buffer; size: number }[] =>
  db
    .prepare<[], { hash: Buffer; codec: number; bytes: Buffer; size: number }>(
      'SELECT hash, codec, bytes, size FROM body',
    )
    .all()

test('what was packed ahead is stored as it is', () => {
  const { db, writer } = opened()
  const body = asProtobuf(jsonBody('traces', spanRequest(...Array.from({ length: 9 }, () => turnSpan('packed')))))
  const packed = packAhead(body.bytes)
  expect(packed).not.toBeNull()
  // Under a name that the store would not give it, so that it shows whose it is.
  writer.store([{ ...received(body), packed: packed && { ...packed, digest: new Uint8Array(16).fill(7) } }])
  const [stored] = bodies(db)
  expect(stored?.hash).toEqual(Buffer.alloc(16, 7))
  expect(stored && decompress(stored.codec, stored.bytes, stored.size)).toEqual(Buffer.from(body.bytes))
})

test('what is stored otherwise than it came is packed as it is stored', () => {
  const { db, writer } = opened()
  writer.setPrivacy({ ...storesEverything, dropPrompts: true })
  const body = asProtobuf(promptOf('private'))
  writer.store([{ ...received(body), packed: { digest: new Uint8Array(16), ...compress(body.bytes) } }])
  const [stored] = bodies(db)
  const kept = stored && decompress(stored.codec, stored.bytes, stored.size)
  expect(kept?.includes('hello')).toBe(false)
  expect(stored?.hash).toEqual(kept && hash('sha256', kept, 'buffer').subarray(0, 16))
})

test('a body is packed ahead in memory of its own, unless it is long, or would not become smaller', () => {
  const text = new Uint8Array(Buffer.from('the same again '.repeat(1000)))
  const packed = packAhead(text)
  expect(packed?.bytes.byteLength).toBe(packed?.bytes.buffer.byteLength)
  expect(packed && decompress(packed.codec, Buffer.from(packed.bytes), text.length)).toEqual(Buffer.from(text))
  expect(packAhead(new Uint8Array(1024 * 1024))).toBeNull()
  expect(packAhead(new Uint8Array([1, 2, 3]))).toBeNull()
  expect(packAhead(new Uint8Array(0))).toBeNull()
})
