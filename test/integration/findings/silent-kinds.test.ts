import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { loadRolloutRun } from '../../rollouts.ts'
import { inTemporaryFolder } from '../engine/engine-under-test.ts'
import { openStore } from '../engine/store-under-test.ts'
import { storeHome } from '../history/stored-home.ts'

test('Health names the kinds of findings that no session can show, until what tells of them has come', async () => {
  await inTemporaryFolder(async (folder) => {
    const store = openStore(folder)
    try {
      const run = loadRolloutRun('26_big')
      const silent = (): string[] => store.reader['health.names']({}).silentFindings.map(({ kind }) => kind)
      expect(silent()).toEqual([])
      store.replay(run.bodies.filter(({ signal }) => signal === 'logs'))
      expect(silent()).toEqual(['compaction', 'context-nearly-full', 'big-output'])
      store.replay(run.bodies.filter(({ signal }) => signal === 'traces'))
      expect(silent()).toEqual(['context-nearly-full', 'big-output'])
      const home = join(folder, 'home')
      mkdirSync(home)
      run.unpackInto(home)
      await storeHome(store.db, home)
      expect(silent()).toEqual([])
    } finally {
      store.close()
    }
  })
})
