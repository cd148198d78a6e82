import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { vi } from 'vitest'
import { inTemporaryFolder, withEngine, type UnderTest } from '../engine/engine-under-test.ts'
import { loadRolloutRun, type RolloutRun } from '../../rollouts.ts'

/** For machines with other work: a watch tells within a moment, the look of every half minute much later. */
export const patience = { timeout: 20_000, interval: 50 }

export interface HomeUnderTest {
  readonly engine: UnderTest
  readonly home: string
  readonly run: RolloutRun
  readonly dataDir: string
}

/** An engine beside a Codex home with the session files of a run; the machine's own home is none of its homes. */
export async function withHome(name: string, work: (given: HomeUnderTest) => Promise<void>): Promise<void> {
  await inTemporaryFolder(async (folder) => {
    const [home, dataDir] = [join(folder, 'home'), join(folder, 'data')]
    vi.stubEnv('CODEX_HOME', join(folder, 'nothing'))
    const run = loadRolloutRun(name)
    run.unpackInto(home)
    try {
      await withEngine({ dataDir }, (engine) => work({ engine, home, run, dataDir }))
    } finally {
      vi.unstubAllEnvs()
    }
  })
}

export function follow(engine: UnderTest, home: string, paused = false): Promise<unknown> {
  return engine.ask('settings.write', { history: { enabled: true, paused, homes: [home] } })
}

/** Paths of all session files of a home. */
export function sessionFiles(home: string): string[] {
  return readdirSync(home, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.startsWith('rollout-'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
}
