import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { chromium } from '@playwright/test'
import { captureNames, loadCapture } from '../test/captures.ts'
import { ensureBuilt, ensureInstalled } from './ensure.mjs'
import { inProject, isRoot, nodeCommand } from './run.mjs'
import { ensureChromium } from './runtimes.mjs'

/**
 * Takes the pictures of the README in both themes: the sample session, and the Overview of it and of the recorded runs that the tests
 * use. `npm run pictures`, after a change of what they show.
 */
ensureInstalled()
ensureBuilt()
const hour = 3_600_000
const day = 24 * hour
const days = 2
const size = { width: 1280, height: 800 }
const dataDir = mkdtempSync(join(tmpdir(), 'colophon-pictures-'))
const ports = ['--port', '0', '--otlp-grpc-port', '0', '--otlp-http-port', '0']
const cli = inProject('out', 'main', 'cli.js')
const [command, ...args] = nodeCommand(cli, 'serve', '--json', '--no-open', '--data', dataDir, ...ports)
const host = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] })
try {
  const { url, token, otlpHttp } = await new Promise((resolve) =>
    createInterface({ input: host.stdout }).once('line', (line) => resolve(JSON.parse(line))),
  )
  const call = callsTo(url, token)
  for (const name of captureNames) await feed(otlpHttp, name)
  const { sessionId } = await call('sample.open', {})
  await settled(call)
  await takeAll(`${url}/#token=${token}`, {
    session: `/sessions/${sessionId}?row=${await firstFailure(call, sessionId)}`,
    overview: `/overview?${await rangeOfAll(call)}`,
  })
} finally {
  host.kill('SIGTERM')
  await new Promise((resolve) => host.once('exit', resolve))
  rmSync(dataDir, { recursive: true, force: true })
}

function callsTo(url, token) {
  return async (name, params) => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
    const response = await fetch(`${url}/api/${name}`, { method: 'POST', headers, body: JSON.stringify(params) })
    const { ok, value, error } = await response.json()
    if (!ok) throw new Error(`${name}: ${error.message}`)
    return value
  }
}

/** They were recorded within an hour; an overview shows more when they lie on several days and at the hours of work. */
async function feed(otlpHttp, name) {
  const index = captureNames.indexOf(name)
  const shiftMs = -((index * 7) % days) * 24 * hour + ((index * 5) % 8) * hour
  for (const { signal, encoding, bytes } of loadCapture(name).bodies) {
    const headers = { 'content-type': encoding === 'json' ? 'application/json' : 'application/x-protobuf' }
    const body = encoding === 'json' ? shiftText(bytes, shiftMs) : shiftBytes(bytes, shiftMs)
    const { status } = await fetch(`${otlpHttp}/v1/${signal}`, { method: 'POST', headers, body })
    if (status !== 200) throw new Error(`${name}: ${status}`)
  }
}

function shiftText(bytes, shiftMs) {
  const later = (digits) => String(BigInt(digits) + BigInt(shiftMs) * 1_000_000n)
  return Buffer.from(bytes)
    .toString()
    .replace(/(?<=UnixNano":\s*")[1-9]\d+/g, later)
}

/** Times are eight bytes each, and nothing else in these bodies reads as a time of the day of the recording. */
function shiftBytes(bytes, shiftMs) {
  const copy = Buffer.from(bytes)
  const [from, to] = [Date.UTC(2026, 10, 20), Date.UTC(2026, 10, 21)].map((ms) => BigInt(ms) * 1_000_000n)
  for (let at = 0; at + 8 <= copy.length; at++) {
    const value = copy.readBigUInt64LE(at)
    if (value < from || value >= to) continue
    copy.writeBigUInt64LE(value + BigInt(shiftMs) * 1_000_000n, at)
    at += 7
  }
  const iso = /2026-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g
  for (const { 0: text, index } of copy.toString('latin1').matchAll(iso))
    copy.write(new Date(Date.parse(text) + shiftMs).toISOString(), index, 'latin1')
  return copy
}

/** Facts follow their records by a moment. */
async function settled(call) {
  for (let before = ''; ;) {
    const now = JSON.stringify(await call('session.list', { limit: 100 }))
    if (now === before) return
    before = now
    await new Promise((resolve) => setTimeout(resolve, 1000))
  }
}

async function rangeOfAll(call) {
  const { sessions } = await call('session.list', { limit: 100 })
  const from = Math.floor(Math.min(...sessions.map(({ startedAtMs }) => startedAtMs)) / day) * day
  const to = Math.ceil(Math.max(...sessions.map(({ lastSeenAtMs }) => lastSeenAtMs)) / day) * day
  return `range=custom&from=${from}&to=${to}`
}

async function firstFailure(call, id) {
  const { rows } = await call('session.tree', { id })
  return (rows.find(({ kind, status }) => kind === 'tool_call' && status === 'error') ?? rows[1]).id
}

async function takeAll(link, places) {
  const browser = await chromium.launch({ executablePath: ensureChromium(), args: isRoot ? ['--no-sandbox'] : [] })
  for (const colorScheme of ['light', 'dark']) {
    const page = await browser.newPage({ viewport: size, colorScheme, reducedMotion: 'reduce' })
    await page.goto(link)
    await page.getByRole('main').first().waitFor()
    for (const [name, place] of Object.entries(places)) {
      await page.evaluate((hash) => (location.hash = hash), place)
      await page.waitForTimeout(3000)
      const path = inProject('docs', `${name}${colorScheme === 'dark' ? '-dark' : ''}.png`)
      await page.screenshot({ path })
      console.log(path)
    }
  }
  await browser.close()
}
