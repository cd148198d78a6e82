import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import type { Page } from '@playwright/test'
import { procedures } from '../../../src/contract/index.ts'
import { freePort } from '../../free-port.ts'
import { chooseTray, expect, launchOptions, oneApp, test } from './app.ts'

const started = oneApp()

function invoke(page: Page, name: string, params: unknown = {}): Promise<{ ok: boolean; value?: unknown }> {
  return page.evaluate(
    ([procedure, given]) => {
      const { colophon } = window as unknown as {
        colophon: { invoke(name: unknown, params: unknown): Promise<{ ok: boolean; value?: unknown }> }
      }
      return colophon.invoke(procedure, given)
    },
    [name, params] as const,
  )
}

test('the app opens one window with its page', async () => {
  const { app, page } = started()
  expect(page.url()).toMatch(/^app:\/\/colophon\//)
  await expect(page).toHaveTitle(/Colophon/)
  await expect(page.locator('body')).not.toBeEmpty()
  const [width, height] = await page.evaluate(() => [window.outerWidth, window.outerHeight])
  expect([width, height]).toEqual([1440, 900])
  expect(app.windows()).toHaveLength(1)
})

test('the page reaches the engine: its status answers with the receivers', async () => {
  const { page, dataDir } = started()
  const answer = await invoke(page, 'status')
  const status = procedures.status.result.parse(answer.value)
  expect(status.dataDir).toBe(dataDir)
  expect(status.receivers.grpc.address).toMatch(/^127\.0\.0\.1:\d+$/)
  expect(status.receivers.http.address).toMatch(/^127\.0\.0\.1:\d+$/)
})

test('the page hears of changes', async () => {
  const { page } = started()
  const heard = page.evaluate(() => {
    const { colophon } = window as unknown as {
      colophon: {
        invoke(name: string, params: unknown): Promise<unknown>
        subscribe(listener: (changed: { topics: string[] }) => void): () => void
      }
    }
    return new Promise<unknown>((resolve) => {
      const stop = colophon.subscribe(({ topics }) => {
        if (!topics.includes('settings')) return
        resolve(stop())
      })
      void colophon.invoke('settings.write', { theme: 'dark' })
    })
  })
  expect(await heard).toBeUndefined()
})

test('the chosen theme reaches the window itself', async () => {
  const { page } = started()
  for (const theme of ['dark', 'light'] as const) {
    await invoke(page, 'settings.write', { theme })
    const matches = () => page.evaluate((name) => matchMedia(`(prefers-color-scheme: ${name})`).matches, theme)
    await expect.poll(matches).toBe(true)
  }
})

test('a receiver whose port is taken does not keep the app from opening', async ({ startApp }) => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const port = String((server.address() as AddressInfo).port)
  const { page } = await startApp('--otlp-grpc-port', port)
  const { grpc, http } = procedures.status.result.parse((await invoke(page, 'status')).value).receivers
  expect(grpc.address).toBeNull()
  expect(grpc.error).toContain(port)
  expect(http.address).not.toBeNull()
  server.close()
})

test('a second start shows the window of the first, says so, and ends', async ({ startApp, dataDir }) => {
  const { app } = await startApp()
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.hide())
  const { executablePath, args } = launchOptions(dataDir)
  const second = spawn(executablePath, args, { stdio: ['ignore', 'ignore', 'pipe'] })
  const said = text(second.stderr)
  expect(await once(second, 'exit')).toEqual([0, null])
  // Not polled: who says that it is shown has seen it.
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible())).toBe(true)
  const first = `process ${String(await app.evaluate(() => process.pid))}`
  expect(await said).toContain(`colophon: Colophon (${first}) runs already on ${dataDir}: its window is shown\n`)
  expect(app.windows()).toHaveLength(1)
})

test('closing the window ends the app with code 0, and its data opens again', async ({ startApp }) => {
  for (let round = 0; round < 2; round++) {
    const { app, page } = await startApp()
    await chooseTray(page, false)
    expect(await invoke(page, 'status')).toMatchObject({ ok: true })
    const child = app.process()
    const exited = once(child, 'exit')
    await page.close()
    expect((await exited)[0]).toBe(0)
  }
})

test('SIGTERM ends the app with code 0', async ({ dataDir }) => {
  test.skip(process.platform === 'win32', 'Windows has no signals')
  const port = await freePort()
  const { executablePath, args } = launchOptions(dataDir, ['--otlp-http-port', String(port)])
  // Not through Playwright: with a debugger attached, Node waits for it before it ends.
  const app = spawn(executablePath, args, { stdio: 'ignore' })
  const exited = once(app, 'exit')
  await expect.poll(() => answers(port)).toBe(true)
  app.kill('SIGTERM')
  expect(await exited).toEqual([0, null])
})

function answers(port: number): Promise<boolean> {
  return fetch(`http://127.0.0.1:${String(port)}/`).then(
    () => true,
    () => false,
  )
}
