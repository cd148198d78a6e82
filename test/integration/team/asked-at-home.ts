import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { procedures, type Params, type Value } from '../../../src/contract/index.ts'
import { paramsOf } from '../../../src/engine/dispatch.ts'
import { databaseFile } from '../../../src/engine/store/database.ts'
import { openTeamReading, type TeamProcedure, type TeamReading } from '../../../src/team/questions/reading.ts'
import type { CapturedBody } from '../../captures.ts'
import type { ClickHouse } from '../../clickhouse/server.ts'
import { inTemporaryFolder } from '../engine/engine-under-test.ts'
import { openStore } from '../engine/store-under-test.ts'

/** Long past: nothing is live, and no figure goes on. */
const silenceMs = 60_000

/** What both a team's store and this machine's answer. */
export interface Asking {
  readonly ask: <N extends TeamProcedure>(name: N, params: Params<N>) => Promise<Value<N>>
}

/** As a user who may do no more than read, and change no setting. */
export function openTeam({ url }: ClickHouse, database: string, facts: string): Promise<TeamReading> {
  return openTeamReading({ url, user: 'reader', password: 'reader', database }, facts, { silenceMs, rowsFrom: 0 })
}

/** The database of this machine when it got such records, made once for all that ask about them. */
const databases = new Map<readonly CapturedBody[], Promise<Buffer>>()

function databaseOf(bodies: readonly CapturedBody[]): Promise<Buffer> {
  const made =
    databases.get(bodies) ??
    inTemporaryFolder((dataDir) => {
      const store = openStore(dataDir)
      store.replay(bodies)
      while (!store.writer.sumUp(1000));
      store.close()
      return readFileSync(join(dataDir, databaseFile))
    })
  databases.set(bodies, made)
  return made
}

/** The same questions to a store of this machine that got the same records. */
export function atHome<T>(bodies: readonly CapturedBody[], question: (home: Asking) => Promise<T>): Promise<T> {
  return inTemporaryFolder(async (dataDir) => {
    writeFileSync(join(dataDir, databaseFile), await databaseOf(bodies))
    const store = openStore(dataDir, silenceMs)
    const home: Asking = {
      ask: async <N extends TeamProcedure>(name: N, params: Params<N>) => {
        const parsed = paramsOf(procedures[name], params)
        if (!parsed.ok) throw new Error(parsed.error.message)
        return (await (store.reader[name] as (params: unknown) => unknown)(parsed.value)) as Value<N>
      },
    }
    try {
      return await question(home)
    } finally {
      store.close()
    }
  })
}
