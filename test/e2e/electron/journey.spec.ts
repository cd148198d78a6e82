import { join } from 'node:path'
import { makeCodexHome, travel } from '../journey.ts'
import { launch, launchOptions, test } from './app.ts'

test('from the first start to an exported session', async ({ dataDir }) => {
  const codexHome = makeCodexHome(dataDir)
  const file = join(dataDir, 'session.json')
  const { app, page } = await launch({
    ...launchOptions(join(dataDir, 'data')),
    env: { ...process.env, CODEX_HOME: codexHome },
  })
  try {
    // Stands in for the system's dialog, which Playwright cannot operate.
    await app.evaluate(({ dialog }, filePath) => {
      dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath })
    }, file)
    await travel({ page, codexHome, file, confirmSaving: () => Promise.resolve() })
  } finally {
    await app.close()
  }
})
