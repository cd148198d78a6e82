import { existsSync } from 'node:fs'
import { defineConfig } from '@playwright/test'
import { avoidV8Fault } from './src/engine/v8-fault.ts'

// Each of Playwright's processes reads this file first.
avoidV8Fault()

const systemChromium = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) =>
  existsSync(path),
)
const executablePath = process.env.CHROMIUM_PATH ?? systemChromium
// Chromium's own sandbox refuses to start for root.
const isRoot = process.getuid?.() === 0

export default defineConfig({
  testDir: 'test/e2e',
  outputDir: 'test-results',
  workers: 1,
  // Far beyond what anything takes: a time-out finds what hangs, and tells nothing of a machine that is busy.
  timeout: 240_000,
  expect: { timeout: 60_000 },
  forbidOnly: true,
  reporter: 'list',
  projects: [
    {
      name: 'chromium',
      testDir: 'test/e2e/chromium',
      use: {
        browserName: 'chromium',
        viewport: { width: 1440, height: 900 },
        launchOptions: {
          ...(executablePath === undefined ? {} : { executablePath }),
          args: isRoot ? ['--no-sandbox'] : [],
        },
      },
    },
    { name: 'electron', testDir: 'test/e2e/electron' },
    { name: 'packaged', testDir: 'test/e2e/packaged' },
    { name: 'installed', testDir: 'test/e2e/installed' },
  ],
})
