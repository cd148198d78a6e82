import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { test as base } from '@playwright/test'
import type { Page } from '@playwright/test'
import { drivenFrom } from './debugging-address.ts'

const dist = resolve(import.meta.dirname, '../../../dist')
/** Where `npm run dist -- --dir` leaves the app. */
export const appFolder = join(dist, 'linux-unpacked')
export const program = join(appFolder, 'colophon')
/** What stands on the path of an installed app: a command, or the window. */
export const starter = join(appFolder, 'bin', 'colophon')

// Chromium's own sandbox refuses to start for root.
const sandboxArgs = process.getuid?.() === 0 ? ['--no-sandbox'] : []

export interface PackagedApp {
  readonly page: Page
  readonly process: ChildProcess
}

interface Fixtures {
  /** A home of nobody's: data, Codex's folder, downloads. */
  readonly home: string
  readonly startApp: (...args: string[]) => Promise<PackagedApp>
}

/** A person's environment without this machine's own folders. */
export function environmentAt(home: string): NodeJS.ProcessEnv {
  const { DISPLAY, XAUTHORITY, PATH } = process.env
  return {
    ...(DISPLAY === undefined ? {} : { DISPLAY }),
    ...(XAUTHORITY === undefined ? {} : { XAUTHORITY }),
    PATH,
    LANG: 'C.UTF-8',
    HOME: home,
    CODEX_HOME: join(home, 'codex-home'),
  }
}

/**
 * The packaged app, driven from outside: its fuses keep Playwright from loading anything into its main process, so the page is reached
 * as any Chromium's page is.
 */
export const test = base.extend<Fixtures>({
  home: async ({ baseURL: _ }, use, testInfo) => {
    testInfo.skip(!existsSync(program), `${program} is not there: npm run dist -- --dir`)
    const folder = mkdtempSync(join(tmpdir(), 'colophon-packaged-'))
    mkdirSync(join(folder, 'codex-home'))
    mkdirSync(join(folder, 'Downloads'))
    await use(folder)
    rmSync(folder, { recursive: true, force: true })
  },
  startApp: async ({ home }, use) => {
    const started: ChildProcess[] = []
    await use(async (...args) => {
      const ports = ['--otlp-grpc-port', '0', '--otlp-http-port', '0']
      const child = spawn(starter, [...sandboxArgs, '--remote-debugging-port=0', ...ports, ...args], {
        env: environmentAt(home),
        stdio: ['ignore', 'ignore', 'pipe'],
        // A process group of its own, as every app of a desktop has.
        detached: true,
      })
      started.push(child)
      const browser = await drivenFrom(child)
      const [context] = browser.contexts()
      if (context === undefined) throw new Error('the app has no browser context')
      const page = context.pages()[0] ?? (await context.waitForEvent('page'))
      await page.waitForLoadState('load')
      return { page, process: child }
    })
    await Promise.all(started.map(end))
  },
})

export async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = once(child, 'exit')
  child.kill('SIGTERM')
  await gone
}

export { expect } from '@playwright/test'
