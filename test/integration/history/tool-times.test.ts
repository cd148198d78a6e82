import { expect, it } from 'vitest'
import { openStore } from '../engine/store-under-test.ts'
import { inTemporaryFolder } from '../engine/engine-under-test.ts'
import { loadRolloutRun } from '../../rollouts.ts'
import { inTemporaryHome } from './rollout-facts.ts'
import { storeHome } from './stored-home.ts'

/** How long the calls of a run took, by what the store is given. */
async function durations(witness: 'telemetry' | 'file'): Promise<ReadonlyMap<string, number>> {
  return inTemporaryFolder(async (dataDir) => {
    const store = openStore(dataDir)
    const run = loadRolloutRun('01_fix')
    if (witness === 'telemetry') for (const body of run.bodies) store.store(body)
    else
      await inTemporaryHome(async (home) => {
        run.unpackInto(home)
        await storeHome(store.db, home)
      })
    store.settle()
    const rows = store.db.prepare<[], { id: string; ms: number }>(
      'SELECT call_id AS id, (span_end_ns - span_start_ns) / 1000000 AS ms FROM tool_call',
    )
    const found = new Map(rows.all().map(({ id, ms }) => [id, ms]))
    store.close()
    return found
  })
}

it('a tool call takes as long by its file as by its span, but for the moments in which lines are written', async () => {
  const [told, filed] = [await durations('telemetry'), await durations('file')]
  expect([...filed.keys()].sort()).toEqual([...told.keys()].sort())
  for (const [id, ms] of told) expect(Math.abs((filed.get(id) ?? 0) - ms), id).toBeLessThan(40)
})
