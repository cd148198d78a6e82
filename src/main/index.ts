import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { app, dialog } from 'electron'
import { startEngine } from '../engine/index.ts'
import { connectPage } from './ipc.ts'
import { setMenu } from './menu.ts'
import { readHostOptions } from './options.ts'
import { declarePageScheme, servePage } from './page-protocol.ts'
import { saveFiles } from './save-files.ts'
import { lockDown, lockDownSession } from './security.ts'
import { startUtilityProcess } from './start-process.ts'
import { followTheme } from './theme.ts'
import { showWindow } from './window.ts'

const packageDir = resolve(import.meta.dirname, '../..')
const preload = join(packageDir, 'out', 'preload', 'index.cjs')
const { version } = JSON.parse(readFileSync(join(packageDir, 'package.json'), 'utf8')) as { version: string }
const options = readHostOptions(process.argv, process.env)

let isQuitting = false

async function start(): Promise<void> {
  const starting = startEngine({
    dataDir: options.dataDir,
    version,
    grpc: { host: '127.0.0.1', port: options.otlpGrpcPort },
    http: { host: '127.0.0.1', port: options.otlpHttpPort },
    sampleDir: join(packageDir, 'resources', 'sample'),
    startProcess: startUtilityProcess,
  })
  // Before it has started: it receives, and may be told to stop, a moment before this promise resolves.
  closeBeforeQuit(async () => (await starting).close())
  const engine = await starting
  connectPage(engine)
  await app.whenReady()
  lockDownSession()
  saveFiles(join(options.dataDir, 'browser', 'to-save'))
  servePage(join(packageDir, 'out', 'renderer'))
  setMenu()
  await followTheme(engine)
  await showWindow(preload)
  app.on('second-instance', () => void showWindow(preload))
  app.on('activate', () => void showWindow(preload))
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
app.on('before-quit', () => {
  isQuitting = true
})
app.on('window-all-closed', () => {
  if (process.platform !== 'darwin') app.quit()
})

if (app.requestSingleInstanceLock()) start().catch(fail)
else app.exit(0)
