import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { _electron as electron, test as base } from '@playwright/test'
import type { ElectronApplication, Page } from '@playwright/test'
import type { ShellBridge } from '../../../src/contract/shell.ts'

const project = resolve(import.meta.dirname, '../../..')

function findElectron(): string | null {
  const folder = process.env.ELECTRON_OVERRIDE_DIST_PATH ?? join(project, 'node_modules', 'electron', 'dist')
  const nameFile = join(project, 'node_modules', 'electron', 'path.txt')
  const path = join(folder, existsSync(nameFile) ? readFileSync(nameFile, 'utf8') : 'electron')
  return existsSync(path) ? path : null
}

const executablePath = findElectron()
const noRuntime = 'there is no Electron runtime here (ELECTRON_OVERRIDE_DIST_PATH)'
if (executablePath === null) console.error(`!!! SKIPPED: ${noRuntime} !!!`)

type LaunchOptions = NonNullable<Parameters<typeof electron.launch>[0]>

export interface Started {
  readonly app: ElectronApplication
  readonly page: Page
}

interface Fixtures {
  readonly dataDir: string
  /** Starts the built app on the test's data folder, on free ports unless told otherwise. */
  readonly startApp: (...args: string[]) => Promise<Started>
}

// Chromium's own sandbox refuses to start for root.
const sandboxArgs = process.getuid?.() === 0 ? ['--no-sandbox'] : []

/** Of each single thing, as in playwright.config.ts: what that says reaches no desktop app, which has 30 s by itself. */
export const patience = { timeout: 240_000 } as const

export function launchOptions(dataDir: string, args: readonly string[] = []) {
  const ports = ['--otlp-grpc-port', '0', '--otlp-http-port', '0']
  return {
    executablePath: executablePath ?? '',
    args: [...sandboxArgs, project, '--data', dataDir, ...ports, ...args],
    // The window's own, not the light one that Playwright emulates.
    colorScheme: null,
  }
}

/**
 * Starts the app without waiting for its window. Playwright finds the runtime where we do: the one that it finds itself makes no window before it is
 * connected, for to one that comes meanwhile it may wait for ever.
 */
export function launchHidden({ executablePath: _, ...options }: LaunchOptions): Promise<ElectronApplication> {
  return patiently(options)
}

export async function launch(options: LaunchOptions): Promise<Started> {
  return withWindow(await launchHidden(options))
}

/** The same, but without the switches that Playwright gives a Chromium that it finds: they keep it from asking the network by itself. */
export async function launchAsItIs(options: LaunchOptions): Promise<Started> {
  return withWindow(await patiently(options))
}

async function patiently(options: LaunchOptions): Promise<ElectronApplication> {
  const app = await electron.launch({ ...options, ...patience })
  app.context().setDefaultTimeout(patience.timeout)
  app.context().setDefaultNavigationTimeout(patience.timeout)
  return app
}

async function withWindow(app: ElectronApplication): Promise<Started> {
  const page = await app.firstWindow(patience)
  await page.waitForLoadState('load')
  return { app, page }
}

export const test = base.extend<Fixtures>({
  // Every test has a data folder, so here every test is skipped where nothing can run. The pattern may not be empty.
  dataDir: async ({ baseURL: _ }, use, testInfo) => {
    testInfo.skip(executablePath === null, noRuntime)
    const folder = mkdtempSync(join(tmpdir(), 'colophon-electron-'))
    await use(folder)
    rmSync(folder, { recursive: true, force: true })
  },
  startApp: async ({ dataDir }, use) => {
    const started: ElectronApplication[] = []
    await use(async (...args) => {
      const app = await launchHidden(launchOptions(dataDir, args))
      started.push(app)
      return withWindow(app)
    })
    await Promise.all(started.map((app) => app.close().catch(() => undefined)))
  },
})

/** One app for those tests of a file that leave it as it was: to start it takes longer than what most of them look at. */
export function oneApp(): () => Started & { readonly dataDir: string } {
  let started: (Started & { readonly dataDir: string }) | null = null
  test.beforeAll(async ({ baseURL: _ }, testInfo) => {
    testInfo.skip(executablePath === null, noRuntime)
    const dataDir = mkdtempSync(join(tmpdir(), 'colophon-electron-'))
    const { app, page } = await launch(launchOptions(dataDir))
    started = { app, page, dataDir }
  })
  test.afterAll(async () => {
    await started?.app.close()
    if (started !== null) rmSync(started.dataDir, { recursive: true, force: true })
  })
  return () => {
    if (started === null) throw new Error('asked for outside of a test')
    return started
  }
}

/** What a person answers when the window is closed for the first time. */
export async function chooseTray(page: Page, closeToTray: boolean): Promise<void> {
  const answer = await page.evaluate((chosen) => {
    const { colophonShell } = window as unknown as { colophonShell: ShellBridge }
    return colophonShell.invoke('choose', { closeToTray: chosen })
  }, closeToTray)
  base.expect(answer.ok).toBe(true)
}

export { expect } from '@playwright/test'
