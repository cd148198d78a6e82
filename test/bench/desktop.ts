import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { chromium } from '@playwright/test'
import { debuggingAddress } from '../e2e/packaged/debugging-address.ts'
import { freePort } from '../free-port.ts'
import { emptyWindowMs, untilEnabled } from './empty-window.ts'
import { emptyExport, untilTaken } from './first-request.ts'
import { median } from './floors.ts'
import type { Figure } from './report.ts'

const dist = resolve(import.meta.dirname, '../../dist')
const app = join(dist, 'linux-unpacked')
const starts = 5
const idleSeconds = 20
/** Of `utime` and `stime`; Linux has no other. */
const ticksPerSecond = 100

/** The packaged app, as its icon starts it: how soon it receives and can be used, what it costs while nothing happens, its size. */
export async function desktopFigures(): Promise<Figure[]> {
  if (!existsSync(join(app, 'colophon')) || process.env.DISPLAY === undefined) {
    console.error(
      'The desktop app was not measured: it needs a display, and dist/linux-unpacked (npm run dist -- --dir).',
    )
    return []
  }
  const receives: number[] = []
  const usable: number[] = []
  for (let i = 0; i < starts; i++) {
    const times = await measureStart()
    receives.push(times.receivesMs)
    usable.push(times.usableMs)
  }
  const [installer] = readdirSync(dist).filter((name) => name.endsWith('.deb'))
  const sizes = [
    { name: 'unpacked app', value: sizeOf(app) / 1e6 },
    ...(installer === undefined
      ? []
      : [{ name: 'installer (.deb)', value: statSync(join(dist, installer)).size / 1e6 }]),
  ]
  return [
    { name: `app receives, median of ${starts}`, value: median(receives), unit: 'ms', limit: 1200, better: 'lower' },
    {
      name: `app can be used, median of ${starts}`,
      value: median(usable),
      unit: 'ms',
      limit: 2500,
      better: 'lower',
      beside: { name: 'an empty window of the same runtime', value: await emptyWindowMs(starts), ratio: 1.5 },
    },
    { name: 'app idle, share of a core', value: 100 * (await idleShare()), unit: '%', limit: 1, better: 'lower' },
    ...sizes.map((size): Figure => ({ ...size, unit: 'MB', limit: null, better: 'lower' })),
  ]
}

interface Started {
  readonly child: ChildProcess
  readonly begun: number
  readonly port: number
  readonly stop: () => Promise<void>
}

async function start(): Promise<Started> {
  const home = mkdtempSync(join(tmpdir(), 'colophon-bench-home-'))
  const port = await freePort()
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const args = [...sandbox, '--remote-debugging-port=0', '--otlp-grpc-port', '0', '--otlp-http-port', String(port)]
  const begun = performance.now()
  const child = spawn(join(app, 'bin', 'colophon'), args, {
    env: { ...process.env, HOME: home, CODEX_HOME: join(home, '.codex'), COLOPHON_DATA: join(home, 'data') },
    stdio: ['ignore', 'ignore', 'pipe'],
    detached: true,
  })
  const gone = once(child, 'exit')
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM')
    await gone
    rmSync(home, { recursive: true, force: true })
  }
  return { child, begun, port, stop }
}

async function measureStart() {
  const { child, begun, port, stop } = await start()
  try {
    const receiving = untilAnswered(port).then(() => performance.now() - begun)
    const browser = await chromium.connectOverCDP(await debuggingAddress(child), { noDefaults: true })
    const [context] = browser.contexts()
    const page = context?.pages()[0] ?? (await context?.waitForEvent('page'))
    // It is enabled once the page has asked the engine for its receivers.
    if (page) await untilEnabled(page, 'Configure Codex')
    const usableMs = performance.now() - begun
    return { usableMs, receivesMs: await receiving }
  } finally {
    await stop()
  }
}

async function idleShare(): Promise<number> {
  const { child, port, stop } = await start()
  try {
    await untilAnswered(port)
    // What moves when the window opens has come to rest, and V8 has collected each thread's heap, which it does once, half a minute after a start.
    await pause(35_000)
    const before = cpuSeconds(child.pid ?? 0)
    await pause(idleSeconds * 1000)
    return (cpuSeconds(child.pid ?? 0) - before) / idleSeconds
  } finally {
    await stop()
  }
}

/** Of a process group: the app and all that Chromium has started for it. */
function cpuSeconds(group: number): number {
  let ticks = 0
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      // Behind the name, which may hold spaces: state, parent, group, …; the 12th and 13th are the times.
      const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
        .replace(/^.*\) /s, '')
        .split(' ')
      if (Number(fields[2]) === group) ticks += Number(fields[11]) + Number(fields[12])
    } catch {
      // It has ended meanwhile.
    }
  }
  return ticks / ticksPerSecond
}

async function untilAnswered(port: number): Promise<void> {
  await untilTaken(port)
  await emptyExport(`http://127.0.0.1:${String(port)}`)
}

function sizeOf(folder: string): number {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  return files.reduce((sum, file) => sum + statSync(join(file.parentPath, file.name)).size, 0)
}
