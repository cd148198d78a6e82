import { join } from 'node:path'
import { _electron as electron } from '@playwright/test'
import { loadRolloutRun } from '../../rollouts.ts'
import { readOwnFiles } from '../history-journey.ts'
import { makeCodexHome } from '../journey.ts'
import { launchOptions, test } from './app.ts'

test('after a yes, what Codex has kept is read from the list to the diff and back, without telemetry', async ({
  dataDir,
}) => {
  const home = makeCodexHome(dataDir)
  loadRolloutRun('01_fix').unpackInto(home)
  const app = await electron.launch({
    ...launchOptions(join(dataDir, 'data')),
    env: { ...process.env, CODEX_HOME: home },
  })
  try {
    await readOwnFiles(await app.firstWindow())
  } finally {
    await app.close()
  }
})
