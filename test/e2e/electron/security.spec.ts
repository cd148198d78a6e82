import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, oneApp, test } from './app.ts'

const started = oneApp()

test('the page has no Node, and of Electron only the bridge', async () => {
  const { page } = started()
  const nodeNames = ['require', 'process', 'module', 'Buffer', 'global', 'ipcRenderer', 'electron']
  expect(await page.evaluate((names) => names.filter((name) => name in window), nodeNames)).toEqual([])
  const bridge = await page.evaluate(() => Object.keys(Reflect.get(window, 'colophon') as object).sort())
  expect(bridge).toEqual(['invoke', 'subscribe'])
  const shell = await page.evaluate(() => Object.keys(Reflect.get(window, 'colophonShell') as object).sort())
  expect(shell).toEqual(['invoke', 'onCommand'])
})

test('the window is sandboxed and isolated', async () => {
  const { app } = started()
  const preferences = await app.evaluate(({ BrowserWindow }) => {
    // In use and documented for tests, yet missing from Electron's types.
    const contents = BrowserWindow.getAllWindows()[0]?.webContents as unknown as {
      getLastWebPreferences(): Record<string, unknown>
    }
    return contents.getLastWebPreferences()
  })
  expect(preferences).toMatchObject({
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    webSecurity: true,
  })
  expect(preferences.webviewTag ?? false).toBe(false)
})

test('neither evaluated nor inline nor remote code runs', async () => {
  const { page } = started()
  const outcome = await page.evaluate(async () => {
    const blocked = new Set<string>()
    document.addEventListener('securitypolicyviolation', ({ blockedURI }) => blocked.add(blockedURI))
    const inline = document.createElement('script')
    inline.textContent = 'window.ranInline = true'
    const remote = document.createElement('script')
    remote.src = 'https://127.0.0.1:1/remote.js'
    const refused = new Promise((done) => {
      remote.addEventListener('error', done)
    })
    document.head.append(inline, remote)
    await refused
    // From a timer, since the policy does not bind what a debugger evaluates.
    const { Function: compile } = window as unknown as { Function: (code: string) => () => string }
    const evaluated = await new Promise<string>((done) => {
      setTimeout(() => {
        try {
          done(compile('return "ran"')())
        } catch (error) {
          done((error as Error).name)
        }
      })
    })
    return { blocked: [...blocked].sort(), evaluated, inline: 'ranInline' in window }
  })
  expect(outcome).toEqual({
    blocked: ['https://127.0.0.1:1/remote.js', 'inline'],
    evaluated: 'EvalError',
    inline: false,
  })
})

test('the page stays where it is and opens no other', async () => {
  const { app, page } = started()
  expect(await page.evaluate(() => window.open('https://127.0.0.1:1/') === null)).toBe(true)
  await app.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents
    const attempt = new Promise<boolean>((done) => {
      contents?.once('will-frame-navigate', (event) => {
        setImmediate(() => done(event.defaultPrevented))
      })
    })
    Reflect.set(globalThis, 'attempt', attempt)
  })
  await page.evaluate(() => {
    location.href = 'https://127.0.0.1:1/'
  })
  expect(await app.evaluate(() => Reflect.get(globalThis, 'attempt') as Promise<boolean>)).toBe(true)
  expect(page.url()).toMatch(/^app:\/\/colophon\//)
  expect(app.windows()).toHaveLength(1)
})

test('a link to a site that is known opens in the browser, and no other does', async () => {
  const { app, page } = started()
  await app.evaluate(({ shell }) => {
    const opened: string[] = []
    Reflect.set(globalThis, 'opened', opened)
    shell.openExternal = (url) => {
      opened.push(url)
      return Promise.resolve()
    }
  })
  await page.evaluate(() => {
    for (const url of [
      'file:///etc/passwd',
      'https://evil.example/',
      'http://github.com/',
      'https://github.com/openai/codex',
    ])
      window.open(url)
  })
  const opened = () => app.evaluate(() => Reflect.get(globalThis, 'opened') as string[])
  await expect.poll(opened).toEqual(['https://github.com/openai/codex'])
  expect(app.windows()).toHaveLength(1)
})

test('the page can hold no webview', async () => {
  const { app, page } = started()
  await page.evaluate(() => {
    const view = document.createElement('webview')
    view.setAttribute('src', 'app://colophon/')
    document.body.append(view)
  })
  expect(await page.evaluate(() => 'loadURL' in (document.querySelector('webview') ?? {}))).toBe(false)
  expect(await app.evaluate(({ webContents }) => webContents.getAllWebContents().length)).toBe(1)
})

test('every permission is denied', async () => {
  const { page } = started()
  const states = await page.evaluate(async () => {
    const names = ['geolocation', 'notifications', 'camera', 'microphone', 'persistent-storage'] as PermissionName[]
    const queried = await Promise.all(names.map((name) => navigator.permissions.query({ name })))
    const camera = await navigator.mediaDevices.getUserMedia({ video: true }).catch((error: Error) => error.name)
    return [...queried.map(({ state }) => state), await Notification.requestPermission(), camera]
  })
  expect(states).toEqual(['denied', 'denied', 'denied', 'denied', 'denied', 'denied', expect.stringMatching(/Error$/)])
})

test('the page’s scheme leads to the page’s files alone, under the policy of the page', async () => {
  const { app } = started()
  const answers = await app.evaluate(async ({ session }) => {
    const paths = ['/', '/..%2f..%2fpackage.json', '/%2e%2e/%2e%2e/package.json', '/..%5c..%5cpackage.json', '/nothing']
    const responses = await Promise.all(paths.map((path) => session.defaultSession.fetch(`app://colophon${path}`)))
    const other = await session.defaultSession.fetch('app://elsewhere/')
    return {
      statuses: responses.map(({ status }) => status),
      policy: responses[0]?.headers.get('content-security-policy'),
      other: other.status,
    }
  })
  expect(answers.statuses).toEqual([200, 404, 404, 404, 404])
  expect(answers.policy).toContain("default-src 'none'")
  expect(answers.policy).not.toMatch(/unsafe-eval|https?:/)
  expect(answers.other).toBe(404)
})

test('another page in a window with the same preload is not answered', async () => {
  const { app } = started()
  const preload = resolve(import.meta.dirname, '../../../out/preload/index.cjs')
  expect(readFileSync(preload, 'utf8')).toContain('colophon:invoke')
  const answer = await app.evaluate(async ({ BrowserWindow }, path) => {
    const window = new BrowserWindow({ show: false, webPreferences: { preload: path } })
    await window.loadURL('data:text/html,foreign')
    const ask = "Promise.all([colophon.invoke('status', {}), colophonShell.invoke('state', {})])"
    const answered = (await window.webContents.executeJavaScript(ask)) as unknown
    window.destroy()
    return answered
  }, preload)
  const refused = { ok: false, error: { code: 'forbidden' } }
  expect(answer).toMatchObject([refused, refused])
})

test('a frame inside the page is not answered', async () => {
  const { app, page } = started()
  // Frames have no preload, hence no bridge; the page's own policy lets none in besides.
  const outcome = await page.evaluate(async () => {
    const frame = document.createElement('iframe')
    frame.src = 'app://colophon/'
    document.body.append(frame)
    await new Promise((done) => {
      frame.addEventListener('load', done)
    })
    const { contentWindow } = frame
    try {
      return contentWindow !== null && 'colophon' in contentWindow
    } catch {
      return false
    }
  })
  expect(outcome).toBe(false)
  expect(app.windows()).toHaveLength(1)
})
