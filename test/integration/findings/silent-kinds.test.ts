import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { loadRolloutRun, rolloutRuns } from '../../rollouts.ts'
import { inTemporaryFolder } from '../engine/engine-under-test.ts'
import { openStore } from '../engine/store-under-test.ts'
import { storeHome } from '../history/stored-home.ts'

test('Health names the kinds of findings that no session can show, until what tells of them has come', async () => {
  await inTemporaryFolder(async (folder) => {
    const store = openStore(folder)
    try {
      const run = loadRolloutRun('26_big')
      const all = () => store.reader['health.names']({}).silentFindings
      const silent = (): string[] =>
        all().flatMap(({ kind, waitsFor }) => (waitsFor.startsWith('It waits') ? [kind] : []))
      expect(all()).toEqual([])
      store.replay(run.bodies.filter(({ signal }) => signal === 'logs'))
      expect(silent()).toEqual(['compaction', 'context-nearly-full', 'big-output'])
      store.replay(run.bodies.filter(({ signal }) => signal === 'traces'))
      expect(silent()).toEqual(['context-nearly-full', 'big-output'])
      const home = join(folder, 'home')
      mkdirSync(home)
      run.unpackInto(home)
      await storeHome(store.db, home)
      expect(silent()).toEqual([])
      // Nor does one that only wants more of the user's own history read as broken.
      expect(all().map(({ kind, waitsFor }) => `${kind}: ${waitsFor}`)).toEqual([
        expect.stringMatching(/^slow-first-item: Nothing is missing.* until 30 of one model/),
        expect.stringMatching(/^slow-command: Nothing is missing.* until 20 of one command/),
      ])
    } finally {
      store.close()
    }
  })
})

test('without logs there is no finding that needs the words of a command, which session files do not give away', async () => {
  await inTemporaryFolder(async (folder) => {
    const store = openStore(folder)
    try {
      for (const name of rolloutRuns) {
        const home = join(folder, name)
        mkdirSync(home)
        loadRolloutRun(name).unpackInto(home)
        await storeHome(store.db, home)
      }
      store.settle()
      const silent = new Set<string>(store.reader['health.names']({}).silentFindings.map(({ kind }) => kind))
      expect([...silent].sort()).toEqual(
        [
          ...['api-unstable', 'approval-friction', 'rate-limit', 'repeated-failure', 'repeated-read', 'reviewer-wait'],
          ...['sandbox-rerun', 'serial-tools', 'slow-first-item'],
        ].sort(),
      )
      const ids = store.db.prepare<[], string>('SELECT id FROM session').pluck().all()
      const kinds = new Set(
        ids.flatMap((id) => store.reader['session.findings']({ id }).findings.map(({ kind }) => kind)),
      )
      expect([...kinds].sort()).toEqual(['big-output', 'cache-break', 'compaction', 'mcp-slow', 'unaccounted'])
      expect([...kinds].filter((kind) => silent.has(kind))).toEqual([])
    } finally {
      store.close()
    }
  })
})
