import { expect, test } from 'vitest'
import type { Params } from '../../../src/contract/index.ts'
import { procedures } from '../../../src/contract/index.ts'
import { sessionList } from '../../../src/engine/queries/session-list.ts'
import { openForReading } from '../../../src/engine/store/database.ts'
import { captureNames, loadCapture } from '../../captures.ts'
import { inTemporaryFolder } from './engine-under-test.ts'
import { openStore } from './store-under-test.ts'

const bodies = captureNames.flatMap((name) => loadCapture(name).bodies)

test('the list of sessions is narrowed by what panels are narrowed by, and by a tool', async () => {
  await inTemporaryFolder((dataDir) => {
    const store = openStore(dataDir)
    for (const body of bodies) store.store(body)
    store.settle()
    const reader = openForReading(dataDir)
    const list = (params: Params<'session.list'>) =>
      sessionList(reader, procedures['session.list'].params.parse(params), 60_000).sessions
    const all = list({})
    const ids = (sessions: typeof all) => sessions.map(({ id }) => id).sort()
    expect(ids(list({ filters: {} }))).toEqual(ids(all))

    const models = [...new Set(all.flatMap(({ models }) => models))]
    expect(models.length).toBeGreaterThan(1)
    for (const model of models)
      expect(ids(list({ filters: { model: [model] } }))).toEqual(ids(all.filter((one) => one.models.includes(model))))
    for (const originator of new Set(all.map((one) => one.originator ?? '')))
      expect(ids(list({ filters: { originator: [originator] } }))).toEqual(
        ids(all.filter((one) => (one.originator ?? '') === originator)),
      )
    expect(ids(list({ filters: { helpers: false } }))).toEqual(ids(all.filter(({ kind }) => kind === 'user')))
    expect(list({ filters: { user: ["' OR 1=1 --"] } })).toEqual([])

    const called = reader.prepare<[string], string>('SELECT DISTINCT session_id FROM tool_call WHERE tool = ?').pluck()
    const ofPatch = called.all('apply_patch').sort()
    expect(ofPatch.length).toBeGreaterThan(0)
    expect(ids(list({ tool: 'apply_patch' }))).toEqual(ofPatch)
    expect(list({ tool: 'no such tool of anybody' })).toEqual([])
    reader.close()
    store.close()
  })
})
