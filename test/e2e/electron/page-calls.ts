import { once } from 'node:events'
import { spawn } from 'node:child_process'
import type { ElectronApplication, Page } from '@playwright/test'
import type { Params, ProcedureName, Value } from '../../../src/contract/index.ts'
import type { Result } from '../../../src/contract/result.ts'
import type { ShellCall, ShellParams, ShellValue } from '../../../src/contract/shell.ts'
import { loadCapture } from '../../captures.ts'
import { launchOptions } from './app.ts'

interface Exposed {
  readonly colophon: { invoke(name: string, params: unknown): Promise<Result<never>> }
  readonly colophonShell: { invoke(name: string, params: unknown): Promise<Result<never>> }
}

async function call(page: Page, bridge: keyof Exposed, name: string, params: unknown): Promise<unknown> {
  const result: Result<unknown> = await page.evaluate(
    ([of, called, given]) => (window as unknown as Exposed)[of].invoke(called, given),
    [bridge, name, params] as const,
  )
  if (!result.ok) throw new Error(`${name}: ${result.error.message}`)
  return result.value
}

export async function ask<N extends ProcedureName>(page: Page, name: N, params: Params<N>): Promise<Value<N>> {
  return (await call(page, 'colophon', name, params)) as Value<N>
}

export async function askShell<N extends ShellCall>(
  page: Page,
  name: N,
  params: ShellParams<N>,
): Promise<ShellValue<N>> {
  return (await call(page, 'colophonShell', name, params)) as ShellValue<N>
}

/** A second start on the same folder, as by an icon or a link; resolves when it has ended. */
export async function startAgain(dataDir: string, ...args: string[]): Promise<void> {
  const { executablePath, args: all } = launchOptions(dataDir, args)
  const [code] = (await once(spawn(executablePath, all, { stdio: 'ignore' }), 'exit')) as [number]
  if (code !== 0) throw new Error(`the second start ended with code ${String(code)}`)
}

export async function httpAddress(page: Page): Promise<string> {
  const { receivers } = await ask(page, 'status', {})
  if (receivers.http.address === null) throw new Error('the HTTP receiver does not listen')
  return receivers.http.address
}

/** Sends a recorded run as Codex would, as if it had begun a minute ago. */
export async function sendRun(address: string): Promise<void> {
  const { bodies } = loadCapture('10_json_redacted')
  const texts = bodies.map(({ bytes }) => Buffer.from(bytes).toString())
  // No record has no time, which is written as 0.
  const moment = /(UnixNano":\s*")([1-9]\d*)/g
  const times = texts.flatMap((text) => [...text.matchAll(moment)].map(([, , ns]) => BigInt(ns ?? 0)))
  const later = BigInt(Date.now() - 60_000) * 1_000_000n - times.reduce((a, b) => (a < b ? a : b))
  for (const [index, { signal }] of bodies.entries()) {
    const shifted = (_: string, key: string, ns: string): string => `${key}${String(BigInt(ns) + later)}`
    const body = texts[index]?.replace(moment, shifted)
    const response = await fetch(`http://${address}/v1/${signal}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: body ?? '',
    })
    if (response.status !== 200) throw new Error(`the receiver answers ${String(response.status)}`)
  }
}

/** Stands in for message boxes, which no test can operate; `asked` tells how often one was shown. */
export async function answerMessageBoxes(app: ElectronApplication, response: number): Promise<void> {
  await app.evaluate(({ dialog }, answer) => {
    Reflect.set(globalThis, 'boxes', 0)
    dialog.showMessageBox = () => {
      Reflect.set(globalThis, 'boxes', (Reflect.get(globalThis, 'boxes') as number) + 1)
      return Promise.resolve({ response: answer, checkboxChecked: false })
    }
  }, response)
}

export const boxesShown = (app: ElectronApplication): Promise<number> =>
  app.evaluate(() => Reflect.get(globalThis, 'boxes') as number)

export const closeWindow = (app: ElectronApplication): Promise<void> =>
  app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close())

export const countWindows = (app: ElectronApplication): Promise<number> =>
  app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)
