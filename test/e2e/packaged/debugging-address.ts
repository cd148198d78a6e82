import type { ChildProcess } from 'node:child_process'
import { setTimeout as delay } from 'node:timers/promises'
import { chromium, type Browser } from '@playwright/test'

/** Where the page of an app can be driven from that was started with `--remote-debugging-port=0`: Chromium tells it on standard error, once. */
export function debuggingAddress({ stderr }: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = ''
    stderr?.on('data', (chunk: Buffer) => {
      text += chunk.toString()
      const [, address] = /DevTools listening on (ws:\S+)/.exec(text) ?? []
      if (address !== undefined) resolve(address)
    })
    stderr?.once('end', () => {
      reject(new Error(`the app ended before its page could be reached: ${text}`))
    })
  })
}

const lookEveryMs = 50

interface Target {
  readonly type: string
  readonly url: string
}

/**
 * Connected once its page has come: Playwright holds each page that it meets until it knows it, and one that goes to its address meanwhile,
 * into another process, may be waited for as long as there is patience.
 */
export async function drivenFrom(child: ChildProcess): Promise<Browser> {
  const address = await debuggingAddress(child)
  const list = `http://${new URL(address).host}/json/list`
  const isThere = ({ type, url }: Target): boolean => type === 'page' && url.startsWith('app:')
  while (!((await (await fetch(list)).json()) as Target[]).some(isThere)) await delay(lookEveryMs)
  return chromium.connectOverCDP(address, {
    // Else Playwright takes what the app saves.
    noDefaults: true,
    // Of itself it waits for 30 s, whatever playwright.config.ts says.
    timeout: 240_000,
  })
}
