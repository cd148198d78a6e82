import { join } from 'node:path'
import { _electron as electron } from '@playwright/test'
import { makeCodexHome, travel } from '../journey.ts'
import { launchOptions, test } from './app.ts'

test('from the first start to an exported session', async ({ dataDir }) => {
  test.setTimeout(300_000)
  const codexHome = makeCodexHome(dataDir)
  const file = join(dataDir, 'session.json')
  const app = await electron.launch({
    ...launchOptions(join(dataDir, 'data')),
    env: { ...process.env, CODEX_HOME: codexHome },
  })
  try {
    const page = await app.firstWindow()
    // Stands in for the system's dialog, which Playwright cannot operate.
    await app.evaluate(({ dialog }, filePath) => {
      dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath })
    }, file)
    await travel({ page, codexHome, file, confirmSaving: () => Promise.resolve() })
  } finally {
    await app.close()
  }
})
