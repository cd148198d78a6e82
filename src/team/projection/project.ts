import { openTemporary } from '../../engine/store/temporary-database.ts'
import { connect, readerOf, type Connection } from '../connection.ts'
import { findingsFinder } from '../findings/find-findings.ts'
import { describeFindings } from '../findings/table.ts'
import { findTables } from '../records/generation.ts'
import { changedSessions, type Changed } from './changed-sessions.ts'
import { describeTables } from './describe.ts'
import { factsVersion } from './facts-version.ts'
import { ensureDatabase, openFacts } from './facts-writer.ts'
import { hashedVersions, userHash } from './hash-users.ts'
import { inLanes } from './in-lanes.ts'
import { lagSeconds } from './lag.ts'
import { leftToMake } from './left-to-make.ts'
import { changedHours, metricTable, projectHour } from './metric-facts.ts'
import { sessionTable } from './fact-tables.ts'
import type { Stores } from './project-batch.ts'
import { projectSafely } from './project-safely.ts'
import { currentBlocks, progressRows, progressTable, readProgress, sourcesOf, type Progress } from './progress.ts'
import { isOfShard, shardName, type Shard } from './shard.ts'

export interface Projected {
  /** How many have new facts, and the records that these come from. */
  readonly sessions: number
  readonly spans: number
  readonly logs: number
  readonly seconds: number
  /** How much newer the newest record is than the newest of which facts were made. */
  readonly lagSeconds: number
}

export interface Projector {
  /** Makes facts of all that has come since the last time, by whichever process that was. */
  readonly run: () => Promise<Projected>
  readonly close: () => Promise<void>
}

export interface ProjectorOptions {
  readonly connection: Connection
  readonly factsDatabase: string
  readonly shard: Shard
  /** Users stand in facts as words that this secret makes of them; left out: as they are. */
  readonly hashUsers?: { readonly key: string }
  /** For tests: less makes the same facts, with more questions. */
  readonly sessionsAtOnce?: number
}

/** Sessions that go through one database in memory: what they need there is small, since nothing but facts is read. */
const usualSessionsAtOnce = 50
/** More than half of the time of one went into waiting for the server. */
const lanes = 2
/** The first look at a store of months goes through all of it, on a server that has other things to do. */
const patienceMs = 900_000
/** To take rows away makes the server write what stays of their parts anew. */
const forgetEveryMs = 3_600_000

export async function openProjector(options: ProjectorOptions): Promise<Projector> {
  const { factsDatabase, shard, hashUsers, sessionsAtOnce = usualSessionsAtOnce } = options
  const connection = { patienceMs, ...options.connection }
  const rawClient = await connect(connection)
  const raw = readerOf(rawClient)
  const factsClient = await connect({ ...connection, database: factsDatabase })
  const close = async (): Promise<void> => {
    await rawClient.close()
    await factsClient.close()
  }
  try {
    const rawTables = await findTables(raw, connection.database)
    const described = openTemporary()
    const tables = describeTables(described)
    const findings = describeFindings(described)
    described.close()
    await ensureDatabase(rawClient, raw, factsDatabase)
    const facts = readerOf(factsClient)
    const writer = await openFacts(factsClient, facts, factsDatabase, [...tables, metricTable, findings])
    const hashUser = hashUsers === undefined ? null : userHash(hashUsers.key)
    const schema = factsVersion() + (hashUser === null ? 0 : hashedVersions)
    const stores: Stores = { raw, rawTables, facts, writer, tables, schema, hashUser }
    const findOthers = findingsFinder({ ...stores, findings })
    const followed = new Map<string, bigint>()
    let forgottenMs = 0
    return {
      run: async () => {
        const projected = await run(stores, shard, sessionsAtOnce, followed, findOthers)
        if (followed.size > 0 && Date.now() - forgottenMs > forgetEveryMs) {
          await writer.forget(
            tables.filter(({ source }) => source !== sessionTable).map(({ name }) => name),
            followed,
          )
          followed.clear()
          forgottenMs = Date.now()
        }
        return projected
      },
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}

/** `followed` hears which revisions have now been followed by another. */
async function run(
  stores: Stores,
  shard: Shard,
  sessionsAtOnce: number,
  followed: Map<string, bigint>,
  findOthers: () => Promise<number>,
): Promise<Projected> {
  const begun = performance.now()
  const { raw, rawTables, facts, writer, schema } = stores
  const sources = sourcesOf(rawTables)
  const name = shardName(shard)
  const done = await readProgress(facts, name, schema)
  // Before the records are looked for: what comes meanwhile is new the next time.
  const now = await currentBlocks(raw, sources)
  const changed = await changedSessions(raw, rawTables, done, now)
  const left = done.size > 0 ? [...changed.keys()] : await goOn(stores, name, changed, now)
  const waiting = left.filter((id) => isOfShard(id, shard)).toSorted()
  const seen = new Set(waiting)
  const sum = { sessions: 0, spans: 0, logs: 0 }
  await inLanes(waiting, { lanes, atOnce: sessionsAtOnce }, async (ids) => {
    const batch = await projectSafely(stores, ids, changed, (words) => {
      console.error(`colophon: ${words}`)
    })
    sum.sessions += batch.written.length
    sum.spans += batch.spans
    sum.logs += batch.logs
    for (const { id, before } of batch.written) if (before !== null) followed.set(id, before)
    for (const id of batch.affected) if (!seen.has(id)) waiting.push(id)
    for (const id of batch.affected) seen.add(id)
  })
  // Metrics name no session, and findings look at those of all: one of the projectors has them.
  if (shard.number === 1) {
    for (const hour of await changedHours(raw, rawTables, done, now))
      await projectHour(raw, rawTables, writer, schema, hour)
    await findOthers()
  }
  await writer.insert(progressTable, progressRows(now, name, schema))
  const lag = await lagSeconds(raw, rawTables, now)
  return { ...sum, seconds: Math.round(performance.now() - begun) / 1000, lagSeconds: lag }
}

/** Where this version has nothing finished: it makes the facts of all, and notes first what there is, so that it goes on where it was stopped. */
async function goOn(
  { raw, rawTables, facts, writer, schema }: Stores,
  name: string,
  changed: Changed,
  now: Progress,
): Promise<readonly string[]> {
  const begun = await readProgress(facts, `${name} begun`, schema)
  if (begun.size === 0) {
    await writer.insert(progressTable, progressRows(now, `${name} begun`, schema))
    return [...changed.keys()]
  }
  const left = await leftToMake(facts, changed, await changedSessions(raw, rawTables, begun, now), schema)
  console.error(`colophon: it goes on with ${String(left.length)} of ${String(changed.size)} sessions`)
  return left
}
