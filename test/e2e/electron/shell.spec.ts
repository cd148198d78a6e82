import { once } from 'node:events'
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { freePort } from '../../free-port.ts'
import { expect, launchHidden, launchOptions, patience, test } from './app.ts'
import {
  answerMessageBoxes,
  ask,
  askShell,
  boxesShown,
  closeWindow,
  countWindows,
  httpAddress,
  sendRun,
  startAgain,
} from './page-calls.ts'

const id = '01a1f848-0000-7000-8000-000000001d93'

test('a link opens its session, when the app starts and while it runs', async ({ startApp, dataDir }) => {
  const { page } = await startApp(`colophon://session/${id}`)
  await expect(page).toHaveURL(`app://colophon/#/sessions/${id}`)
  await startAgain(dataDir, 'colophon://session/another')
  await expect(page).toHaveURL(/#\/sessions\/another$/)
})

test('a link that is none of a session leads nowhere', async ({ startApp, dataDir }) => {
  const { app, page } = await startApp('colophon://session/../settings')
  await expect(page).toHaveURL(/#\/sessions$/)
  for (const link of [
    'colophon://settings',
    'colophon://session/a?x=1',
    'colophon://session/%2e%2e',
    'colophon://session/',
  ]) {
    await startAgain(dataDir, link)
    await expect(page).toHaveURL(/#\/sessions$/)
  }
  expect(await countWindows(app)).toBe(1)
})

test('closing the window asks once whether receiving goes on, and then it does', async ({ startApp, dataDir }) => {
  const { app, page } = await startApp()
  const address = await httpAddress(page)
  await answerMessageBoxes(app, 2)
  await closeWindow(app)
  await expect.poll(() => boxesShown(app)).toBe(1)
  expect(await countWindows(app)).toBe(1)

  await answerMessageBoxes(app, 0)
  await closeWindow(app)
  await expect.poll(() => countWindows(app)).toBe(0)
  await sendRun(address)

  const opened = app.waitForEvent('window', patience)
  await startAgain(dataDir)
  const again = await opened
  await again.waitForLoadState('load')
  await expect.poll(async () => (await ask(again, 'session.list', {})).total).toBe(1)
  await closeWindow(app)
  await expect.poll(() => countWindows(app)).toBe(0)
  expect(await boxesShown(app)).toBe(1)
})

test('the tray tells what is received, what today cost and the last session, and pauses', async ({ startApp }) => {
  // One that nobody takes while receiving is paused.
  const { app, page } = await startApp('--otlp-http-port', String(await freePort()))
  const address = await httpAddress(page)
  await app.evaluate(({ Tray }) => {
    const setContextMenu = Reflect.get(Tray.prototype, 'setContextMenu') as (menu: unknown) => void
    Tray.prototype.setContextMenu = function (menu) {
      Reflect.set(globalThis, 'trayMenu', menu)
      setContextMenu.call(this, menu)
    }
  })
  const labels = () =>
    app.evaluate(() => {
      const menu = Reflect.get(globalThis, 'trayMenu') as Electron.Menu | undefined
      return menu?.items.map(({ label }) => label) ?? []
    })
  const choose = (label: string) =>
    app.evaluate((_, wanted) => {
      const menu = Reflect.get(globalThis, 'trayMenu') as Electron.Menu
      menu.items.find((item) => item.label === wanted)?.click()
    }, label)

  await sendRun(address)
  await expect.poll(labels).toContainEqual(expect.stringMatching(/^Last: /))
  // It is known to have begun before it is known what it cost.
  await expect.poll(labels).toContainEqual(expect.stringMatching(/^Today: \$\d+\.\d+, estimated$/))
  expect(await labels()).toContainEqual(expect.stringMatching(/^Receiving on \d+ and \d+$/))

  await choose('Pause receiving')
  await expect.poll(labels).toContain('Paused: nothing is received')
  await expect(fetch(`http://${address}/`)).rejects.toThrow()
  expect((await askShell(page, 'state', {})).paused).toBe(true)
  await expect(page.getByRole('navigation')).toContainText('Paused')
  await choose('Resume receiving')
  await expect.poll(labels).toContainEqual(expect.stringMatching(/^Receiving/))
  expect(await httpAddress(page)).toBe(address)

  await choose((await labels()).find((label) => label.startsWith('Last: ')) ?? '')
  await expect(page.getByRole('tab', { name: /^Waterfall/ })).toBeVisible()
})

test('a page that crashes is loaded again where it was, and says so; receiving goes on', async ({ startApp }) => {
  const { app, page } = await startApp()
  const address = await httpAddress(page)
  await page.evaluate(() => (location.hash = '#/health'))
  await expect(page.getByRole('heading', { name: 'Health', exact: true })).toBeAttached()
  const crashed = page.waitForEvent('crash')
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer())
  await crashed
  await sendRun(address)
  const inPage = (code: string) =>
    app.evaluate(
      ({ BrowserWindow }, script) =>
        BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(script) as Promise<string>,
      code,
    )
  await expect.poll(() => inPage('document.body.innerText')).toContain('This page stopped unexpectedly')
  expect(await inPage('location.hash')).toBe('#/health')

  await answerMessageBoxes(app, 0)
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer())
  await expect.poll(() => boxesShown(app)).toBe(1)
})

test('the window opens where it was, with the view that was open', async ({ startApp }) => {
  const first = await startApp()
  await ask(first.page, 'sample.open', {})
  const wanted = { x: 40, y: 60, width: 1000, height: 640 }
  await first.app.evaluate(({ BrowserWindow }, to) => BrowserWindow.getAllWindows()[0]?.setBounds(to), wanted)
  await first.page.evaluate(() => (location.hash = '#/health'))
  await expect(first.page.getByRole('heading', { name: 'Health', exact: true })).toBeAttached()
  await first.app.close()

  const { app, page } = await startApp()
  await expect(page).toHaveURL(/#\/health$/)
  const bounds = await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getNormalBounds())
  expect(bounds).toEqual(wanted)
})

test('without a session the app opens with the guide, and in its usual size where its display is gone, whatever was last', async ({
  startApp,
  dataDir,
}) => {
  const window = { x: 90_000, y: 50, width: 900, height: 600, maximized: false }
  writeFileSync(join(dataDir, 'shell.json'), JSON.stringify({ window, place: '/overview' }))
  const { app, page } = await startApp()
  const bounds = await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getBounds())
  expect(bounds).toMatchObject({ width: 1440, height: 900 })
  expect(bounds?.x).toBeLessThan(5000)
  await expect(page.getByRole('heading', { name: 'See how your Codex sessions were made' })).toBeVisible()
  await test.step('the shell refuses what it does not know, and what does not fit', async () => {
    await expect(askShell(page, 'constructor' as never, {} as never)).rejects.toThrow(/does not know/)
    await expect(askShell(page, 'choose', { closeToTray: 'yes' as never })).rejects.toThrow(/closeToTray/)
  })
})

test('an alert is a notification, and a click on it leads to its cause', async ({ startApp }) => {
  const { app, page } = await startApp()
  await app.evaluate(({ Notification }) => {
    Notification.isSupported = () => true
    Notification.prototype.show = function () {
      Reflect.set(globalThis, 'notification', this)
    }
  })
  const watched = { kind: 'budget', measure: 'tokens', per: 'day', limit: 1 } as const
  await ask(page, 'alert.saveRule', { id: 'day', enabled: true, watched })
  await sendRun(await httpAddress(page))
  const body = () =>
    app.evaluate(() => (Reflect.get(globalThis, 'notification') as Electron.Notification | undefined)?.body)
  await expect.poll(body).toMatch(/over the budget of 1 tokens/)
  await closeWindowForGood(app, page)
  const opened = app.waitForEvent('window', patience)
  await app.evaluate(() => (Reflect.get(globalThis, 'notification') as Electron.Notification).emit('click'))
  await expect(await opened).toHaveURL(/#\/overview\?.*from=/)
})

async function closeWindowForGood(app: Parameters<typeof closeWindow>[0], page: Parameters<typeof askShell>[0]) {
  await askShell(page, 'choose', { closeToTray: true })
  await closeWindow(app)
  await expect.poll(() => countWindows(app)).toBe(0)
}

test('an unclean stop is followed by a check of the database, and stands in the log', async ({ startApp, dataDir }) => {
  const log = () => readFileSync(join(dataDir, 'logs', 'colophon.log'), 'utf8')
  const first = await startApp()
  await ask(first.page, 'sample.open', {})
  const killed = once(first.app.process(), 'exit')
  first.app.process().kill('SIGKILL')
  await killed
  const second = await startApp()
  await expect.poll(log).toContain('the last stop was not clean; the database is sound')
  expect(statSync(join(dataDir, 'logs', 'colophon.log')).mode & 0o777).toBe(0o600)
  expect(readdirSync(dataDir)).toContain('running')
  await second.app.close()
  expect(readdirSync(dataDir)).not.toContain('running')
})

/** Overwrites the root of a table that the app can start without. */
function damage(file: string): void {
  const db = new Database(file)
  db.pragma('wal_checkpoint(TRUNCATE)')
  const page = db.prepare("SELECT rootpage FROM sqlite_schema WHERE name = 'metric_point'").pluck().get() as number
  const size = db.pragma('page_size', { simple: true }) as number
  db.close()
  const bytes = readFileSync(file)
  bytes.fill(0xff, (page - 1) * size, page * size)
  writeFileSync(file, bytes)
}

test('a damaged database is told of', async ({ startApp, dataDir }) => {
  const first = await startApp()
  await ask(first.page, 'sample.open', {})
  await first.app.close()
  damage(join(dataDir, 'colophon.db'))
  writeFileSync(join(dataDir, 'running'), '1')
  const { page: shown } = await startApp()
  await expect(shown.getByText('its database is damaged')).toBeVisible()
})

test('started at login it receives without a window, until one is asked for', async ({ dataDir }) => {
  const app = await launchHidden(launchOptions(dataDir, ['--hidden']))
  try {
    await expect.poll(() => existsSync(join(dataDir, 'colophon.db'))).toBe(true)
    await expect.poll(() => app.evaluate(({ Menu }) => Menu.getApplicationMenu()?.items[0]?.label)).toBe('&File')
    expect(await countWindows(app)).toBe(0)
    const opened = app.waitForEvent('window', patience)
    await startAgain(dataDir)
    await httpAddress(await opened)
  } finally {
    await app.close()
  }
})

test('the app starts at login only where that is asked for', async ({ startApp, dataDir }) => {
  test.skip(process.platform !== 'linux', 'what other systems keep is not for a test to change')
  const config = join(dataDir, 'config')
  mkdirSync(config)
  process.env.XDG_CONFIG_HOME = config
  const { page } = await startApp()
  delete process.env.XDG_CONFIG_HOME
  expect((await askShell(page, 'state', {})).openAtLogin).toBe(false)
  expect((await askShell(page, 'choose', { openAtLogin: true })).openAtLogin).toBe(true)
  expect(readFileSync(join(config, 'autostart', 'colophon.desktop'), 'utf8')).toMatch(/^Exec=".+" "--hidden"$/m)
  expect((await askShell(page, 'choose', { openAtLogin: false })).openAtLogin).toBe(false)
})
