import { expect, test } from 'vitest'
import { openForReading, type Db } from '../../../src/engine/store/database.ts'
import { derivers } from '../../../src/engine/store/derivations.ts'
import { rolloutWriter } from '../../../src/engine/history/rollout-writer.ts'
import { recordWrites } from '../../../src/engine/store/recorded-writes.ts'
import type { LongSession } from '../../../src/engine/store/settle-apart.ts'
import { createWriter, type Writer } from '../../../src/engine/store/writer.ts'
import { loadRolloutRun } from '../../rollouts.ts'
import { homeInSteps, storeHome } from '../history/stored-home.ts'
import { openStoreFile } from './empty-store.ts'
import { inTemporaryFolder } from './engine-under-test.ts'
import { readFacts, type Tables } from './tables.ts'

const hourAfterAll = 1e6
const writesAtOnce = 3

/** What another thread does, done on this one: each session is derived at one moment and written at others. */
class Store {
  readonly db: Db
  readonly writer: Writer
  readonly #dataDir: string
  readonly #taken: LongSession[] = []
  readonly #reading: Db

  constructor(dataDir: string, longRows: number) {
    this.#dataDir = dataDir
    this.db = openStoreFile(dataDir)
    this.writer = createWriter(this.db, { take: (session) => void this.#taken.push(session), longRows })
    this.#reading = openForReading(dataDir)
  }

  /** All that is taken up, with a step of what arrives before each piece. */
  writeApart(arrive: () => void): number {
    let pieces = 0
    for (const session of this.#taken.splice(0)) {
      const derive = (db: Db): void => {
        derivers[session.what](db)(session.id)
      }
      for (const piece of recordWrites(this.#reading, derive, writesAtOnce)) {
        arrive()
        pieces++
        if (!this.writer.apart.write(session, piece)) break
      }
      this.writer.apart.ended(session, 'written')
    }
    return pieces
  }

  taken(): LongSession {
    const [session] = this.#taken.splice(0)
    if (session === undefined) throw new Error('no session was taken up')
    return session
  }

  piecesOf({ what, id }: LongSession): Uint8Array[] {
    return recordWrites(
      this.#reading,
      (db) => {
        derivers[what](db)(id)
      },
      writesAtOnce,
    )
  }

  finish(): Tables {
    do {
      while (!this.writer.settle(1000));
      while (!this.writer.sumUp(1000, hourAfterAll));
    } while (this.writeApart(() => undefined) > 0)
    const { rollout_file: _, ...facts } = readFacts(this.#dataDir, ['turn_share', 'finding', 'unfound', 'unshared'])
    return facts
  }

  close(): void {
    this.#reading.close()
    this.db.close()
  }
}

/** Both witnesses of a run, step by step in turn. */
async function arrivals(name: string, store: Store, home: string): Promise<(() => void)[]> {
  const run = loadRolloutRun(name)
  run.unpackInto(home)
  const telemetry = run.bodies.map(
    ({ signal, encoding, bytes }) =>
      () =>
        void store.writer.store([{ signal, encoding, bytes: bytes.slice(), origin: 'received' }]),
  )
  const file = await homeInSteps(store.db, home, 7)
  return Array.from({ length: Math.max(telemetry.length, file.length) }, (_, i) => [telemetry[i], file[i]])
    .flat()
    .filter((step) => step !== undefined)
}

async function factsOf(name: string, longRows: number): Promise<{ facts: Tables; pieces: number }> {
  return inTemporaryFolder((dataDir) =>
    inTemporaryFolder(async (home) => {
      const store = new Store(dataDir, longRows)
      const steps = await arrivals(name, store, home)
      let pieces = 0
      const next = (): void => steps.shift()?.()
      while (steps.length > 0) {
        next()
        store.writer.settle(1000)
        store.writer.sumUp(1000, hourAfterAll)
        pieces += store.writeApart(next)
      }
      const facts = store.finish()
      store.close()
      return { facts, pieces }
    }),
  )
}

test.each(['01_fix', '03_agents', '10_resume', '29_review'])(
  'what is derived at one moment and written at others, with records between, are the same facts: %s',
  async (name) => {
    const [inOne, apart] = [await factsOf(name, 1e9), await factsOf(name, 0)]
    expect(inOne.pieces).toBe(0)
    expect(apart.pieces).toBeGreaterThan(5)
    expect(apart.facts).toEqual(inOne.facts)
  },
)

test('what was derived of a file that is read anew meanwhile is not written to its end, nor in the place of what follows', () =>
  inTemporaryFolder((dataDir) =>
    inTemporaryFolder(async (home) => {
      const store = new Store(dataDir, 0)
      loadRolloutRun('01_fix').unpackInto(home)
      await storeHome(store.db, home)
      store.writer.settle(1000)
      const stale = store.taken()
      const [first = new Uint8Array(), ...rest] = store.piecesOf(stale)
      expect(rest.length).toBeGreaterThan(1)
      expect(store.writer.apart.write(stale, first)).toBe(true)
      rolloutWriter(store.db).takeBack(stale.id)
      expect(store.writer.apart.write(stale, first)).toBe(false)
      await storeHome(store.db, home)
      store.writer.settle(1000)
      const session = store.taken()
      expect(session.id).toBe(stale.id)
      expect(store.writer.apart.write(stale, first)).toBe(false)
      store.writer.apart.ended(stale, 'written')
      for (const piece of store.piecesOf(session)) expect(store.writer.apart.write(session, piece)).toBe(true)
      store.writer.apart.ended(session, 'written')
      expect(store.db.prepare('SELECT turns, api_calls AS calls, tool_calls AS tools FROM session').all()).toEqual([
        { turns: 1, calls: 5, tools: 4 },
      ])
      store.close()
    }),
  ))
