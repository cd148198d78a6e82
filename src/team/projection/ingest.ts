import { MalformedBody } from '../../engine/otlp/malformed.ts'
import type { Db } from '../../engine/store/database.ts'
import type { Incoming } from '../../engine/store/body-store.ts'
import { createWriter } from '../../engine/store/writer.ts'

/** Stores and settles bodies as home does. Throws where one cannot be read, which is not the data's fault: it was made here. */
export async function ingest(db: Db, bodies: AsyncIterable<Omit<Incoming, 'origin'>>): Promise<void> {
  const writer = createWriter(db)
  for await (const body of bodies) {
    const [stored] = writer.store([{ ...body, origin: 'received' }])
    if (stored?.accepted.kind !== 'stored')
      throw new MalformedBody(`a record could not be read: ${stored?.accepted.message ?? 'no answer'}`)
  }
  while (!writer.settle(Infinity));
}
