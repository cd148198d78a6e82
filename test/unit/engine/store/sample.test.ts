import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { openForWriting, type Db } from '../../../../src/engine/store/database.ts'
import { openSample, removeSample } from '../../../../src/engine/store/sample.ts'
import { createWriter, type Writer } from '../../../../src/engine/store/writer.ts'
import { loadCapture, type Capture } from '../../../captures.ts'
import { allTables, countRows, readFacts } from '../../../integration/engine/tables.ts'
import { temporaryFolder } from './temporary.ts'

/** A run as the bundled sample is made: traces and logs alone. */
function sampleOf({ bodies, conversations }: Capture): string {
  const folder = join(temporaryFolder(), 'sample')
  mkdirSync(folder)
  const kept = bodies.filter(({ signal }) => signal !== 'metrics')
  kept.forEach(({ bytes }, i) => writeFileSync(join(folder, `${i}.pb.gz`), gzipSync(bytes, { level: 1 })))
  const sessions = conversations.map(({ conversation }) => conversation)
  const manifest = {
    open: sessions[0],
    sessions,
    bodies: kept.map(({ signal }, i) => ({ file: `${i}.pb.gz`, signal })),
  }
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify(manifest))
  return folder
}

function openStore(): { dataDir: string; db: Db; writer: Writer } {
  const dataDir = temporaryFolder()
  const db = openForWriting(dataDir)
  return { dataDir, db, writer: createWriter(db) }
}

function storeOwn({ writer }: { writer: Writer }): void {
  writer.store(loadCapture('02_classic').bodies.map((body) => ({ ...body, origin: 'received' as const })))
  while (!writer.settle(1000));
}

describe.each(['01_code_multi', '09_subagents', '16_tui', '28_guardian', '30_signal_INT'])(
  'the sample of %s',
  (name) => {
    const capture = loadCapture(name)

    test('opens with its facts, marked, and the same when opened again', () => {
      const { dataDir, db, writer } = openStore()
      const folder = sampleOf(capture)
      expect(openSample(db, writer, folder)).toBe(capture.conversations[0]?.conversation)
      const facts = readFacts(dataDir)
      expect(facts['session']?.map(({ id, sample }) => [id, sample]).sort()).toEqual(
        capture.conversations.map(({ conversation }) => [conversation, 1n]).sort(),
      )
      openSample(db, writer, folder)
      expect(readFacts(dataDir)).toEqual(facts)
    })

    test.each([
      { beside: 'nothing else', prepare: () => undefined },
      { beside: 'a session of the user', prepare: storeOwn },
    ])('beside $beside is removed without a trace, and opens again', ({ prepare }) => {
      const store = openStore()
      prepare(store)
      const { dataDir, db, writer } = store
      const before = { rows: countRows(dataDir, tablesWithData), facts: readFacts(dataDir) }
      const folder = sampleOf(capture)
      openSample(db, writer, folder)
      const opened = { rows: countRows(dataDir, tablesWithData), facts: readFacts(dataDir) }
      removeSample(db, writer)
      expect({ rows: countRows(dataDir, tablesWithData), facts: readFacts(dataDir) }).toEqual(before)
      openSample(db, writer, folder)
      expect({ rows: countRows(dataDir, tablesWithData), facts: readFacts(dataDir) }).toEqual(opened)
    })
  },
)

/**
 * `name`, `client` and `dimension` are dictionaries: words such as `run_turn`, of which a search for their last use would cost more
 * than they do. `fact_hour` says which hours are to be summed up anew.
 */
const dictionaries = ['name', 'client', 'dimension', 'fact_hour']
const tablesWithData = allTables.filter((table) => !dictionaries.includes(table))

test('a sample that cannot be read is not found', () => {
  const { db, writer } = openStore()
  expect(() => openSample(db, writer, temporaryFolder())).toThrow('the sample session is not readable')
})
