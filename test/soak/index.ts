import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Value } from '../../src/contract/index.ts'
import { databaseFile } from '../../src/engine/store/database.ts'
import { startHost, type Host } from '../bench/host.ts'
import { percentile } from '../bench/senders.ts'
import { livePage } from './live-page.ts'
import { startLoad, type Load } from './load.ts'
import { pictureOf } from './picture.ts'
import { questionNames, startAsking, type Asked } from './questions.ts'
import { logsOfARun } from './runs.ts'
import { series, verdictOf, type Sample, type Series } from './samples.ts'

const recordsPerSecond = 2000
const lives = 6
/** Reached before a third of the time has passed, so that what is kept is bounded for the rest of it. */
const bytesAMinute = 3e6
const leastBytes = 16_777_216

const minutes = Number(process.argv[2] ?? 60)
if (!(minutes > 0)) throw new Error('npm run soak [-- MINUTES]')
const all: readonly Series[] = [
  ...series,
  ...questionNames.map((name): Series => ({ name: `${name}, at most`, unit: 'ms', mayGrow: null })),
]
const scratch = mkdtempSync(join(tmpdir(), 'colophon-soak-'))
const samples: Sample[] = []
const restarts: number[] = []
const begun = Date.now()
const minuteNow = (): number => (Date.now() - begun) / 60_000
const page = await livePage()
try {
  const load = startLoad(recordsPerSecond)
  for (let life = 0; life < lives; life++) await live(load, (minutes * (life + 1)) / lives)
  await load.stop()
  const lost = await lostSessions(load)
  finish(lost, load.whole.length)
} finally {
  await page.close()
  rmSync(scratch, { recursive: true, force: true })
}

/** One life of the host, from its start to its end in the middle of all that is asked and sent. */
async function live(load: Load, untilMinute: number): Promise<void> {
  const host = await startHost(scratch)
  const rawBytes = Math.max(leastBytes, minutes * bytesAMinute)
  await host.call('settings.write', { retention: { rawDays: null, rawBytes, factsDays: null } })
  await load.aim(host.otlpHttp)
  await until(async () => ((await host.call('session.list', {})) as Value<'session.list'>).total > 0)
  await page.open(host.page)
  let asked: Asked[] = []
  const asking = startAsking(host, (one) => asked.push(one))
  const everyMs = Math.max(1000, (minutes * 60_000) / 240)
  for (let turn = 0; minuteNow() < untilMinute; turn++) {
    await delay(everyMs)
    if (turn % 8 === 4) await host.call('retention.prune', {})
    await page.turn()
    samples.push(await sample(host, load, asked))
    asked = []
  }
  await asking.stop()
  await load.aim(null)
  await host.stop()
  restarts.push(minuteNow())
  // What is known so far stays where the rest is given up.
  draw([])
}

async function sample(host: Host, load: Load, asked: readonly Asked[]): Promise<Sample> {
  const times = load.takeTimes()
  const fileMb = (name: string): number => (statSync(join(scratch, name), { throwIfNoEntry: false })?.size ?? 0) / 1e6
  const values: Record<string, number> = {
    'resident memory of the host': host.residentBytes() / 1e6,
    'memory of the page': (await page.heapBytes()) / 1e6,
    database: fileMb(databaseFile),
    'write-ahead log': fileMb(`${databaseFile}-wal`),
    'acknowledged p50': percentile(times, 0.5),
    'acknowledged p99': percentile(times, 0.99),
  }
  for (const { name, ms } of asked) values[`${name}, at most`] = Math.max(values[`${name}, at most`] ?? 0, ms)
  return { minute: minuteNow(), values }
}

/**
 * Sessions all of whose records were acknowledged, and that do not have them all. Where retention took raw records, the facts that outlive them
 * are those of a session that has all of its own: each is a copy of one run.
 */
async function lostSessions(load: Load): Promise<readonly string[]> {
  const host = await startHost(scratch)
  const sessions: Value<'session.get'>[] = []
  for (const id of load.whole) sessions.push((await host.call('session.get', { id })) as Value<'session.get'>)
  await host.stop()
  const whole = sessions.find(({ logCount }) => logCount === logsOfARun)
  const expected = whole === undefined ? '' : factsOf(whole)
  return sessions.flatMap((one) => {
    if (factsOf(one) !== expected) return [`${one.id}: ${factsOf(one)} instead of ${expected}`]
    if (one.pruned === true || one.logCount === logsOfARun) return []
    return [`${one.id}: ${one.logCount} of ${logsOfARun} log records`]
  })
}

function factsOf({ apiCalls, toolCalls, prompts, errors, tokens }: Value<'session.get'>): string {
  return JSON.stringify({ apiCalls, toolCalls, prompts, errors, tokens })
}

function finish(lost: readonly string[], sessions: number): void {
  const verdicts = all.map((one) => verdictOf(one, samples))
  for (const { name, unit, second, last, mayGrow, grows } of verdicts)
    console.log(
      `${name.padEnd(30)} ${second.toFixed(1).padStart(9)} ${unit} → ${last.toFixed(1).padStart(9)} ${unit}  ${mayGrow === null ? '' : grows ? 'GROWS' : 'flat'}`,
    )
  console.log(
    `${sessions} sessions, ${lost.length} of them not whole; the host started ${lives} times in ${minutes} min`,
  )
  for (const line of lost) console.log(line)
  draw(lost)
  console.log('The picture is soak.svg, its figures are soak.json.')
  if (lost.length > 0 || verdicts.some(({ grows }) => grows)) process.exitCode = 1
}

async function until(is: () => Promise<boolean>): Promise<void> {
  while (!(await is())) await delay(100)
}

function draw(lost: readonly string[]): void {
  writeFileSync('soak.svg', pictureOf(all, samples, restarts))
  writeFileSync(
    'soak.json',
    `${JSON.stringify({ at: new Date().toISOString(), minutes, lost, restarts, samples }, null, 2)}\n`,
  )
}
