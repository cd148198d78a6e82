import { resolve } from 'node:path'
import { defineConfig } from '@playwright/test'
import { avoidV8Fault } from './src/engine/v8-fault.ts'
import { asRoot, executablePath } from './test/chromium-path.ts'

// Each of Playwright's processes reads this file first.
avoidV8Fault()

/** Where every host that a test starts finds its bundle compiled, as in `vitest.config.ts`. */
process.env.NODE_COMPILE_CACHE ??= resolve(import.meta.dirname, 'node_modules', '.cache', 'node')

/**
 * Of several such lists Chromium takes the last, so this one repeats Playwright's. It adds what opens beneath the address bar: pages of
 * Chromium's own, which it loads for each window that is opened, at the price of the page that is tested.
 */
const disabledFeatures = [
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsUpgrades',
  'HttpsFirstBalancedModeAutoEnable',
  'LensOverlay',
  'MediaRouter',
  'PaintHolding',
  'ThirdPartyStoragePartitioning',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'OptimizationHints',
  'NetworkTimeServiceQuerying',
  'AimEnabled',
  'PreconnectToSearch',
  'WebUIOmniboxPopup',
  'WebUIOmniboxAimPopup',
  'SpareRendererForSitePerProcess',
]

/** Each run empties the folder of its results, and several run at a time. */
const placesOf = (name: string) => ({ name, testDir: `test/e2e/${name}`, outputDir: `test-results/${name}` })

export default defineConfig({
  testDir: 'test/e2e',
  globalSetup: './scripts/built.mjs',
  // Files side by side, not the tests of one: they share a host, which either worker would start and feed.
  workers: 2,
  // Far beyond what anything takes: a time-out finds what hangs, and tells nothing of a machine that is busy.
  timeout: 900_000,
  expect: { timeout: 240_000 },
  // As long: else what never comes is waited for as long as a whole test may take.
  use: { actionTimeout: 240_000, navigationTimeout: 240_000 },
  forbidOnly: true,
  reporter: 'list',
  projects: [
    {
      ...placesOf('chromium'),
      use: {
        browserName: 'chromium',
        viewport: { width: 1440, height: 900 },
        // What fades and shimmers costs a tenth of all that the page does, for frames that nobody looks at; the desktop app has them.
        reducedMotion: 'reduce',
        // Emptied between tests and not made anew: a page of the same address costs the browser half as much.
        reuseContext: true,
        launchOptions: {
          ...(executablePath === undefined ? {} : { executablePath }),
          args: [
            `--disable-features=${disabledFeatures.join(',')}`,
            // A page lives for a second or two: to compile it for speed costs a tenth of all that it does, and is not won back.
            '--js-flags=--no-maglev,--no-turbofan',
            ...asRoot,
          ],
        },
      },
    },
    // One after another: they share the display with its focus, and what the system keeps of an app.
    { ...placesOf('electron'), workers: 1 },
    { ...placesOf('packaged'), workers: 1 },
    { ...placesOf('installed'), workers: 1 },
  ],
})
