import { join } from 'node:path'
import { loadRolloutRun } from '../../rollouts.ts'
import { readOwnFiles } from '../history-journey.ts'
import { makeCodexHome } from '../journey.ts'
import { launch, launchOptions, test } from './app.ts'

test('after a yes, what Codex has kept is read from the list to the diff and back, without telemetry', async ({
  dataDir,
}) => {
  const home = makeCodexHome(dataDir)
  loadRolloutRun('01_fix').unpackInto(home)
  const { app, page } = await launch({
    ...launchOptions(join(dataDir, 'data')),
    env: { ...process.env, CODEX_HOME: home },
  })
  try {
    await readOwnFiles(page)
  } finally {
    await app.close()
  }
})
