import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { rolloutWriter } from '../../../src/engine/history/rollout-writer.ts'
import { silence } from '../engine/engine-under-test.ts'
import { openStore, type StoreUnderTest } from '../engine/store-under-test.ts'
import { allTables, readFacts } from '../engine/tables.ts'
import { loadRolloutRun } from '../../rollouts.ts'
import { inTemporaryHome } from './rollout-facts.ts'
import { storeHome } from './stored-home.ts'

let dataDir = ''
let store: StoreUnderTest

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'colophon-history-'))
  store = openStore(dataDir, silence.everythingIsOld)
})

afterEach(() => {
  store.close()
  rmSync(dataDir, { recursive: true, force: true })
})

async function storeRun(name: string, factsAtOnce?: number): Promise<void> {
  await inTemporaryHome(async (home) => {
    loadRolloutRun(name).unpackInto(home)
    await storeHome(store.db, home, factsAtOnce)
  })
}

function takeEverythingBack(): void {
  const ids = store.db.prepare<[], string>('SELECT rollout_id FROM rollout_file').pluck().all()
  store.db.transaction(() => {
    for (const id of ids) rolloutWriter(store.db).takeBack(id)
  })()
}

const ownTables = allTables.filter((table) => table.startsWith('rollout'))
/** Those without what names the folder that a file lay in, which is another one each time. */
const comparable = (): unknown => {
  const facts = readFacts(dataDir)
  return ownTables.filter((table) => table !== 'rollout_file').map((table) => [table, facts[table]])
}

describe('what session files say', () => {
  it('is written once, however often and in whatever pieces it is read', async () => {
    await storeRun('03_agents')
    const once = comparable()
    await storeRun('03_agents', 3)
    expect(comparable()).toEqual(once)
    expect(store.db.prepare('SELECT count(*) AS n FROM rollout_call').get()).not.toEqual({ n: 0 })
  })

  it('is taken back with the sessions that nothing else tells of', async () => {
    await storeRun('21_tui_backtrack')
    await storeRun('03_agents')
    store.settle()
    takeEverythingBack()
    store.settle()
    const facts = readFacts(dataDir)
    for (const table of [...ownTables, 'session', 'turn', 'unsettled']) expect(facts[table], table).toEqual([])
  })

  it('leaves the sessions of the telemetry as they were when it is taken back', async () => {
    const { bodies } = loadRolloutRun('03_agents')
    for (const body of bodies) store.store(body)
    store.settle()
    const before = readFacts(dataDir)
    await storeRun('03_agents')
    store.settle()
    expect(readFacts(dataDir)).not.toEqual(before)
    takeEverythingBack()
    store.settle()
    expect(readFacts(dataDir)).toEqual(before)
  })

  it('outlives a rebuild', async () => {
    await storeRun('06_refused')
    const { bodies } = loadRolloutRun('03_agents')
    for (const body of bodies) store.store(body)
    store.settle()
    const before = readFacts(dataDir)
    store.writer.rebuild()
    store.settle()
    expect(readFacts(dataDir)).toEqual(before)
    expect(before.session?.length).toBeGreaterThan(3)
  })
})
