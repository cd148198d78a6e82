import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Page } from '@playwright/test'
import { debuggingAddress } from '../e2e/packaged/debugging-address.ts'
import { median } from './floors.ts'

const program = `
const { app, BrowserWindow } = require('electron')
app.whenReady().then(() => new BrowserWindow({ width: 1280, height: 800 }).loadFile('index.html'))
app.on('window-all-closed', () => app.quit())`

/** How long the runtime of the packaged app takes until a page with one button and nothing behind it can be used. */
export async function emptyWindowMs(starts: number): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'colophon-bench-window-'))
  try {
    const runtime =
      process.env.ELECTRON_OVERRIDE_DIST_PATH ?? join(import.meta.dirname, '../../node_modules/electron/dist')
    writeFileSync(join(folder, 'package.json'), '{ "name": "window", "main": "main.js" }')
    writeFileSync(join(folder, 'main.js'), program)
    writeFileSync(join(folder, 'index.html'), '<button>Here</button>')
    const times: number[] = []
    for (let i = 0; i < starts; i++) times.push(await startOnce(join(runtime, 'electron'), folder))
    return median(times)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function startOnce(electron: string, folder: string): Promise<number> {
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const begun = performance.now()
  const child = spawn(
    electron,
    [...sandbox, '--remote-debugging-port=0', `--user-data-dir=${join(folder, 'user')}`, folder],
    {
      stdio: ['ignore', 'ignore', 'pipe'],
      detached: true,
    },
  )
  const gone = once(child, 'exit')
  try {
    const browser = await chromium.connectOverCDP(await debuggingAddress(child), { noDefaults: true })
    const [context] = browser.contexts()
    const page = context?.pages()[0] ?? (await context?.waitForEvent('page'))
    if (page) await untilEnabled(page, 'Here')
    return performance.now() - begun
  } finally {
    child.kill('SIGTERM')
    await gone
  }
}

/** With the frame that it is there in: what waits for a locator looks again after half a second when it has looked some times. */
export async function untilEnabled(page: Page, words: string): Promise<void> {
  await page.waitForFunction(
    (wanted) => [...document.querySelectorAll('button:enabled')].some((button) => button.textContent.includes(wanted)),
    words,
    { polling: 'raf' },
  )
}
