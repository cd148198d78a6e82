import { execFileSync, spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { travel } from '../journey.ts'
import { environmentAt, expect, test } from './packaged-app.ts'

/** The system's own dialog is operated with the keyboard of the display that the app is on. */
const canPressKeys = spawnSync('xdotool', ['--version']).status === 0

/** Answers the dialog that asks where to save. */
async function saveAs(file: string): Promise<void> {
  const title = /^Save/
  await expect
    .poll(() => spawnSync('xdotool', ['search', '--onlyvisible', '--name', title.source]).stdout.toString())
    .not.toBe('')
  const [id = ''] = execFileSync('xdotool', ['search', '--onlyvisible', '--name', title.source]).toString().split('\n')
  execFileSync('xdotool', ['windowfocus', '--sync', id, 'key', 'ctrl+a', 'type', file])
  execFileSync('xdotool', ['windowfocus', '--sync', id, 'key', 'Return'])
}

test('the packaged app: from the first start to an exported session', async ({ home, startApp }) => {
  test.skip(!canPressKeys, 'xdotool is needed to confirm the dialog of the system that asks where to save')
  const { page } = await startApp()
  const codexHome = environmentAt(home).CODEX_HOME ?? ''
  const file = join(home, 'session.json')
  await travel({ page, codexHome, file, confirmSaving: () => saveAs(file) })
})
