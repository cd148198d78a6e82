import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect } from '@playwright/test'
import type { Page } from '@playwright/test'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { loadCapture } from '../captures.ts'
import { nodeCommand } from '../node-command.ts'

const project = resolve(import.meta.dirname, '../..')

export interface Journey {
  readonly page: Page
  /** Codex's folder, which the app that is on `page` was started with. */
  readonly codexHome: string
  /** Where the exported file will lie, and what a person does in the system's dialog for it to. */
  readonly file: string
  readonly confirmSaving: () => Promise<void>
}

/** What people install the app for: configure Codex, run it, see where the time of its session went, export the session. */
export async function travel({ page, codexHome, file, confirmSaving }: Journey): Promise<void> {
  await page.getByRole('button', { name: 'Configure Codex' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Write config.toml' }).click()
  await expect(page.getByText('codex app-server daemon restart')).toBeVisible()

  await runSlowSession(codexHome)
  // Nobody has touched the app since: the session has opened by itself.
  await expect(page).toHaveURL(/#\/sessions\/[0-9a-f-]{36}/)
  await expect(page.getByRole('treegrid')).toBeVisible()

  const head = page.locator('header').filter({ hasText: 'model calls' })
  await expect(head).toContainText(/model calls\s*2/)
  await expect(head).toContainText(/tool calls?\s*1/)
  await expect(head).toContainText(/\$0\.\d+/)

  // Its only command slept for seven seconds, and the model let wait six for its first item; a busy machine takes longer.
  const where = page.getByRole('region', { name: 'Where the time went' })
  const secondsOf = async (share: RegExp): Promise<number> =>
    Number(/^([\d.]+) s,/.exec((await where.getByRole('button', { name: share }).getAttribute('title')) ?? '')?.[1])
  await expect.poll(() => secondsOf(/^tools running/)).toBeGreaterThanOrEqual(7)
  await expect.poll(() => secondsOf(/before first item/)).toBeGreaterThanOrEqual(6)

  await page.getByRole('button', { name: 'Export' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('radio', { name: /Colophon JSON/ }).check()
  await dialog.getByRole('button', { name: 'Export' }).click()
  await confirmSaving()
  await expect.poll(() => existsSync(file) && readFileSync(file, 'utf8').trimEnd().endsWith('}')).toBe(true)
  expectValid(JSON.parse(readFileSync(file, 'utf8')))
}

function expectValid(document: unknown): void {
  const schema = JSON.parse(readFileSync(join(project, 'docs', 'colophon.session.schema.json'), 'utf8')) as object
  const validate = new Ajv2020({ strict: false }).compile(schema)
  expect(validate(document), JSON.stringify(validate.errors)).toBe(true)
}

/** A script that runs the real Codex against a scripted model (`run slow --codex-home DIR`), where there is one; else a recorded run. */
const lab = process.env.COLOPHON_CODEX_LAB

async function runSlowSession(codexHome: string): Promise<void> {
  const endpoints = endpointsOf(readFileSync(join(codexHome, 'config.toml'), 'utf8'))
  if (lab === undefined) return replay(endpoints)
  const args = [lab, 'run', 'slow', '--codex-home', codexHome, '--keep-config']
  const run = spawn(...nodeCommand(...args), { stdio: ['ignore', 'pipe', 'inherit'] })
  let output = ''
  run.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
  const [code] = (await once(run, 'close')) as [number]
  if (code !== 0) throw new Error(`the run of Codex ended with code ${String(code)}: ${output}`)
}

async function replay(endpoints: ReadonlyMap<string, string>): Promise<void> {
  for (const { signal, bytes } of loadCapture('06_slow').bodies) {
    const headers = { 'content-type': 'application/x-protobuf' }
    const response = await fetch(endpoints.get(signal) ?? '', { method: 'POST', headers, body: bytes })
    expect(response.status).toBe(200)
  }
}

/** By signal, as the app has written them. */
function endpointsOf(toml: string): ReadonlyMap<string, string> {
  const found = [...toml.matchAll(/endpoint = "([^"]+\/v1\/(logs|traces|metrics))"/g)]
  expect(found).toHaveLength(3)
  return new Map(found.map(([, endpoint = '', signal = '']) => [signal, endpoint]))
}

/** A Codex folder that is nobody's. */
export function makeCodexHome(parent: string): string {
  const folder = join(parent, 'codex-home')
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder)
  return folder
}
