import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { delimiter, join } from 'node:path'
import { environment, inProject, isRoot, run, runNode, say } from './run.mjs'

const downloadMs = 180_000

export const hasDisplay =
  process.platform !== 'linux' || Boolean(process.env.DISPLAY) || Boolean(process.env.WAYLAND_DISPLAY)

/** The path of a command, as a shell would find it. */
export function which(name) {
  const folders = (process.env.PATH ?? '').split(delimiter)
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path)) ?? null
}

/** A Chromium for the page's tests; null, after saying so, where none is there and none can be fetched. */
export function ensureChromium() {
  const found = findChromium()
  if (found !== null) return found
  if (installWithApt('chromium') && findChromium() !== null) return findChromium()
  say('Fetching Chromium for Playwright.')
  runNode([inProject('node_modules', '@playwright', 'test', 'cli.js'), 'install', 'chromium'], {
    timeout: downloadMs,
  })
  const fetched = findChromium()
  if (fetched === null) {
    say('NO CHROMIUM: install one (Debian: apt-get install chromium), or name its executable in CHROMIUM_PATH.')
  }
  return fetched
}

/** What tells a program of the tests (test/chromium-path.ts) of it. */
export const naming = (chromium) => (chromium === null ? {} : { CHROMIUM_PATH: chromium })

function findChromium() {
  const { CHROMIUM_PATH: named } = process.env
  if (named !== undefined && existsSync(named)) return named
  // Without the browser around it, the page is the same and takes a fifth less of the processor (playwright.config.ts).
  const names = ['chromium-headless-shell', 'chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
  const usual = [
    ...names.map((name) => `/usr/bin/${name}`),
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  ]
  return usual.find((path) => existsSync(path)) ?? findOfPlaywright()
}

/** Playwright keeps its browsers in one folder per platform, one subfolder per revision. */
function findOfPlaywright() {
  const caches = {
    darwin: join(homedir(), 'Library', 'Caches', 'ms-playwright'),
    win32: join(process.env.LOCALAPPDATA ?? homedir(), 'ms-playwright'),
  }
  const cache =
    process.env.PLAYWRIGHT_BROWSERS_PATH ?? caches[process.platform] ?? join(homedir(), '.cache', 'ms-playwright')
  if (!existsSync(cache)) return null
  const executable = /^(chrome|chrome\.exe|Chromium|Google Chrome for Testing)$/
  const revisions = readdirSync(cache).filter((name) => /^chromium-\d+$/.test(name))
  for (const revision of revisions.sort().reverse()) {
    const files = readdirSync(join(cache, revision), { recursive: true, withFileTypes: true })
    const file = files.find((entry) => entry.isFile() && executable.test(entry.name))
    if (file !== undefined) return join(file.parentPath ?? file.path, file.name)
  }
  return null
}

/**
 * What stands before a command that opens windows where there is no display; null where that cannot be had. The server resets when its last
 * window closes, and whoever connects in that moment is told “Missing X server”: it is told not to.
 */
export function ensureVirtualDisplay() {
  const path = which('xvfb-run') ?? (installWithApt('xvfb', 'xauth') ? which('xvfb-run') : null)
  return path === null ? null : [path, '--auto-servernum', '--server-args=-screen 0 1280x1024x24 -noreset']
}

function installWithApt(...packages) {
  if (!isRoot || which('apt-get') === null) return false
  say(`Installing ${packages.join(' ')} with apt-get.`)
  const env = environment({ DEBIAN_FRONTEND: 'noninteractive' })
  return run('apt-get', ['update'], { env }) === 0 && run('apt-get', ['install', '-y', ...packages], { env }) === 0
}

/** Electron's executable, fetched where need be; null where there is none that starts. */
export function ensureElectron() {
  const found = findElectron()
  if (found !== null) return found
  say('Fetching Electron.')
  runNode([inProject('node_modules', 'electron', 'install.js')], { timeout: downloadMs })
  return findElectron()
}

function findElectron() {
  const { ELECTRON_OVERRIDE_DIST_PATH: override } = process.env
  const names = { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' }
  const folder = override ?? inProject('node_modules', 'electron', 'dist')
  const path = join(
    folder,
    readOr(inProject('node_modules', 'electron', 'path.txt'), names[process.platform] ?? 'electron'),
  )
  return existsSync(path) && starts(path) ? path : null
}

/** Electron can be there and yet lack a system library. */
function starts(path) {
  const env = environment()
  delete env.ELECTRON_RUN_AS_NODE
  return run(path, [...(isRoot ? ['--no-sandbox'] : []), '--version'], { env, stdio: 'ignore', timeout: 30_000 }) === 0
}

function readOr(path, otherwise) {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return otherwise
  }
}
