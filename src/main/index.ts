import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { app, dialog } from 'electron'
import { startEngine } from '../engine/index.ts'
import { connectPage } from './ipc.ts'
import { setMenu } from './menu.ts'
import { readHostOptions } from './options.ts'
import { declarePageScheme, servePage } from './page-protocol.ts'
import { lockDown, lockDownSession } from './security.ts'
import { followTheme } from './theme.ts'
import { showWindow } from './window.ts'

const packageDir = resolve(import.meta.dirname, '../..')
const preload = join(packageDir, 'out', 'preload', 'index.cjs')
const { version } = JSON.parse(readFileSync(join(packageDir, 'package.json'), 'utf8')) as { version: string }
const options = readHostOptions(process.argv, process.env)

async function start(): Promise<void> {
  const engine = await startEngine({
    dataDir: options.dataDir,
    version,
    grpc: { host: '127.0.0.1', port: options.otlpGrpcPort },
    http: { host: '127.0.0.1', port: options.otlpHttpPort },
    sampleDir: join(packageDir, 'resources', 'sample'),
  })
  const disconnect = connectPage(engine)
  closeBeforeQuit(async () => {
    disconnect()
    await engine.close()
  })
  await app.whenReady()
  lockDownSession()
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
app.on('window-all-closed', () => {
  if (process.platform !== 'darwin') app.quit()
})

if (app.requestSingleInstanceLock()) start().catch(fail)
else app.exit(0)
