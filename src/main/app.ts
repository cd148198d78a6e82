import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { app, dialog, shell } from 'electron'
import type { ShellCommand } from '../contract/shell.ts'
import { openBrowser } from '../cli/browser.ts'
import { startEngine } from '../engine/index.ts'
import type { Engine } from '../engine/index.ts'
import { claimLinks } from './claim-links.ts'
import { placeOfArguments, placeOfLink } from './deep-link.ts'
import { connectPage, connectShell } from './ipc.ts'
import { systemKeychain } from './keychain.ts'
import { keepShell, type Kept } from './kept-shell.ts'
import { logReports } from './log-file.ts'
import { isStartedAtLogin } from './login-item.ts'
import { setMenu } from './menu.ts'
import { notifyOfAlerts } from './notify.ts'
import { offerOther } from './offer-other.ts'
import { readHostOptions } from './options.ts'
import { pageCommands } from './page-commands.ts'
import { declarePageScheme, servePage } from './page-protocol.ts'
import { createPause } from './pause.ts'
import { saveFiles } from './save-files.ts'
import { hearSecondStarts, isFirstStart } from './second-start.ts'
import { lockDown, lockDownSession } from './security.ts'
import { shellDispatch } from './shell-dispatch.ts'
import { shellHandlers } from './shell-handlers.ts'
import { startUtilityProcess } from './start-process.ts'
import { followTheme } from './theme.ts'
import { tellOfDamage } from './tell-of-damage.ts'
import { tellOfFailure } from './tell-of-failure.ts'
import { showTray } from './tray.ts'
import { createUpdates, tellOfUpdate } from './updates.ts'
import { mainWindow } from './window.ts'

const packageDir = resolve(import.meta.dirname, '../..')
const preload = join(packageDir, 'out', 'preload', 'index.cjs')
const { version } = JSON.parse(readFileSync(join(packageDir, 'package.json'), 'utf8')) as { version: string }
const options = readHostOptions(process.argv, process.env)
const logsDir = join(options.dataDir, 'logs')

/** What nobody waits for takes nothing from a window that opens: it begins so long after the page has loaded. */
const restMs = 2000

const commands = pageCommands()
/** A link that came before there was a window for it: macOS sends links as events, the others on the command line. */
let linkedPlace = placeOfArguments(process.argv)
let openLinked = (place: string | null): void => {
  linkedPlace = place
}
let isQuitting = false
const secondStarts = hearSecondStarts(options.dataDir)

async function start(): Promise<void> {
  logReports(logsDir)
  const starting = startEngine({
    dataDir: options.dataDir,
    version,
    grpc: { host: '127.0.0.1', port: options.otlpGrpcPort },
    http: { host: '127.0.0.1', port: options.otlpHttpPort },
    sampleDir: join(packageDir, 'resources', 'sample'),
    startProcess: startUtilityProcess,
    keychain: systemKeychain,
  })
  const kept = keepShell(options.dataDir)
  // Before it has started: it receives, and may be told to stop, a moment before this promise resolves.
  closeBeforeQuit(async () => {
    kept.flush()
    await (await starting).close()
  })
  const engine = await starting
  connectPage(engine)
  await app.whenReady()
  lockDownSession()
  saveFiles(join(options.dataDir, 'browser', 'to-save'))
  servePage(join(packageDir, 'out', 'renderer'))
  followTheme(engine, kept)

  const window = mainWindow({ preload, kept, commands, isQuitting: () => isQuitting })
  const show = (place: string | null = null): void => void window.show(place).catch(fail)
  const tell = (command: ShellCommand): void => {
    commands.send(command)
    show()
  }
  const pause = createPause(engine)
  pause.onChange(() => {
    commands.send({ kind: 'changed' })
  })
  const updates = createUpdates({
    sourceFile: join(process.resourcesPath, 'app-update.yml'),
    keyFile: join(process.resourcesPath, 'update-key.pem'),
    load: async () => (await import('electron-updater')).default.autoUpdater,
    changed: () => {
      commands.send({ kind: 'changed' })
    },
  })
  const revealDataFolder = (): void => shell.showItemInFolder(join(options.dataDir, 'colophon.db'))
  connectShell(
    shellDispatch(
      shellHandlers({
        kept,
        pause,
        updates,
        version,
        licencesFile: join(packageDir, 'resources', 'licences.json'),
        revealDataFolder,
        revealFolder: (path) => {
          shell.showItemInFolder(path)
        },
        revealLogs: () => {
          shell.showItemInFolder(join(logsDir, 'colophon.log'))
        },
        pageListens: () => {
          const contents = window.current()?.webContents
          if (contents) commands.listens(contents)
        },
      }),
    ),
  )
  setMenu(tell, revealDataFolder)
  notifyOfAlerts(engine, (cause) => {
    tell({ kind: 'cause', cause })
  })
  tellOfDamage(engine, commands)
  tellOfFailure(engine)

  app.on('activate', () => {
    show()
  })
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin' && kept.read().closeToTray !== true) app.quit()
  })
  if (kept.read().place !== null) void leaveWhatIsGone(engine, kept)
  if (!isStartedAtLogin(process.argv) || linkedPlace !== null) await window.show(linkedPlace)
  openLinked = show
  secondStarts.showWith(async (argv) => {
    await window.show(placeOfArguments(argv))
    return window
  })
  showTray({ engine, pause, show, firstMs: restMs })
  setTimeout(claimLinks, restMs)
  if (kept.read().lookForUpdates) await tellOfUpdate(updates, commands)
}

/** Without a session there is nothing to come back to: the page goes to the guide. Found out while it loads, for that takes as long. */
async function leaveWhatIsGone(engine: Pick<Engine, 'dispatch'>, kept: Kept): Promise<void> {
  const sessions = await engine.dispatch('session.list', { limit: 1, apps: 'all' })
  if (!sessions.ok || (sessions.value as { total: number }).total > 0) return
  kept.change({ place: null })
  if (linkedPlace === null) commands.send({ kind: 'go', place: '/' })
}

/** Quitting waits until the engine has committed what it accepted. */
function closeBeforeQuit(close: () => Promise<void>): void {
  app.once('will-quit', (event) => {
    event.preventDefault()
    void close().finally(() => {
      app.exit(0)
    })
  })
}

async function failOrOfferOther(error: unknown): Promise<void> {
  await app.whenReady()
  const isOffered = await offerOther(options.dataDir, {
    ask: async (words) =>
      (await dialog.showMessageBox({ ...words, type: 'info', defaultId: 0, noLink: true })).response,
    open: (link) => {
      if (openBrowser(link, options.dataDir)) return
      dialog.showErrorBox('No browser was opened', `${options.dataDir} takes no file. The page is ${link}`)
    },
  })
  if (isOffered) app.exit(0)
  else fail(error)
}

function fail(error: unknown): void {
  // A window that is closed while it loads is no failure then, and a dialog would keep the app from ending.
  if (isQuitting) return
  dialog.showErrorBox('Colophon cannot start', error instanceof Error ? error.message : String(error))
  app.exit(1)
}

app.setName('Colophon')
// Chromium's profile lies apart from the database, yet with it, so that another data folder is another instance.
app.setPath('userData', join(options.dataDir, 'browser'))
// Electron would hand its own children a sandbox after all, in which Chromium refuses to run for root.
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox()
declarePageScheme()
lockDown()
app.on('open-url', (event, url) => {
  event.preventDefault()
  openLinked(placeOfLink(url))
})
app.on('before-quit', () => {
  isQuitting = true
  // Who logs out ends all processes at once, and Chromium would end this one, unclean, because it cannot start another for graphics.
  app.commandLine.appendSwitch('disable-gpu-process-crash-limit')
})

if (isFirstStart(options.dataDir)) start().catch(failOrOfferOther)
