import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ElectronApplication, Page } from '@playwright/test'
import { expect, launchAsItIs, launchOptions, test } from './app.ts'
import { ask, httpAddress, sendRun } from './page-calls.ts'

const places = [
  '/overview',
  '/sessions',
  '/explore',
  '/batches',
  '/projects',
  '/limits',
  '/genai',
  '/alerts',
  '/configure',
  '/health',
  '/settings',
]

/** Hosts that Chromium has looked up or connected to, in any of its processes and sessions, from its net log. */
function hostsOfChromium(netLog: string): string[] {
  // The log of an app that has exited may lack its end, hence no JSON.parse.
  const looked = [...netLog.matchAll(/"host":"([^"]+)"/g)].map(([, host]) => host ?? '')
  const connected = [...netLog.matchAll(/"(?:remote_)?address(?:_list)?":\[?"([^"]+)"/g)].map(
    ([, address]) => address ?? '',
  )
  return [...new Set([...looked, ...connected])]
}

const isLoopback = (host: string): boolean =>
  /^(?:https?:\/\/)?(?:localhost|127\.\d+\.\d+\.\d+|\[?::1\]?)(?::\d+)?$/.test(host)

async function useEverything(page: Page): Promise<void> {
  await sendRun(await httpAddress(page))
  const { sessionId } = await ask(page, 'sample.open', {})
  for (const place of [...places, `/sessions/${sessionId}`]) {
    await page.evaluate((to) => (location.hash = `#${to}`), place)
    await page.getByRole('main').first().waitFor()
  }
}

async function recorded(
  dataDir: string,
  use: (app: ElectronApplication, page: Page) => Promise<void>,
): Promise<{ readonly node: string; readonly chromium: string[] }> {
  const connections = join(dataDir, 'connections.txt')
  const netLog = join(dataDir, 'net-log.json')
  const options = launchOptions(dataDir, [`--log-net-log=${netLog}`])
  const recorder = join(import.meta.dirname, 'record-connections.cjs')
  const { app, page } = await launchAsItIs({
    ...options,
    args: ['-r', recorder, ...options.args],
    env: { ...process.env, COLOPHON_CONNECTIONS: connections },
  })
  await use(app, page)
  await app.close()
  await expect.poll(() => existsSync(netLog)).toBe(true)
  return { node: readFileSync(connections, 'utf8'), chromium: hostsOfChromium(readFileSync(netLog, 'utf8')) }
}

test('nothing that the app does in any of its views leaves the machine', async ({ dataDir }) => {
  const { node, chromium } = await recorded(dataDir, (_, page) => useEverything(page))
  expect(node).toContain('recording begins')
  expect(node).toContain('worker writer-worker.js')
  const reached = node.split('\n').filter((line) => /^(connect|send|lookup) /.test(line))
  expect(reached.filter((line) => !isLoopback(line.split(' ')[1] ?? ''))).toEqual([])
  expect(chromium.filter((host) => !isLoopback(host))).toEqual([])
})

test('what leaves is seen: a request of the main process by either way', async ({ dataDir }) => {
  const { node, chromium } = await recorded(dataDir, async (app) => {
    await app.evaluate(async ({ session }) => {
      // Other addresses of this machine: a test sends nothing beyond it. The page's own session would refuse.
      await session
        .fromPartition('other')
        .fetch('http://127.0.0.3:46553/')
        .catch(() => undefined)
      await fetch('http://127.0.0.2:46553/').catch(() => undefined)
    })
  })
  expect(chromium).toContain('127.0.0.3:46553')
  expect(node).toContain('connect 127.0.0.2')
})
