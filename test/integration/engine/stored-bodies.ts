import { decompress } from '../../../src/engine/store/compression.ts'
import { openForReading } from '../../../src/engine/store/database.ts'
import { signalNumbers } from '../../../src/engine/store/signal-numbers.ts'
import { signal } from '../../../src/model/signal.ts'
import type { CapturedBody } from '../../captures.ts'

/** Every request body that a data folder keeps, as protobuf, in the order of arrival. */
export function storedBodies(dataDir: string): CapturedBody[] {
  const db = openForReading(dataDir)
  try {
    return db
      .prepare<[], { number: number; codec: number; bytes: Buffer }>(
        'SELECT signal AS number, codec, bytes FROM body ORDER BY id',
      )
      .all()
      .map(({ number, codec, bytes }) => {
        const of = signal.options.find((name) => signalNumbers[name] === number)
        if (of === undefined) throw new Error(`no signal ${number}`)
        return { signal: of, encoding: 'protobuf', bytes: new Uint8Array(decompress(codec, bytes)) }
      })
  } finally {
    db.close()
  }
}
