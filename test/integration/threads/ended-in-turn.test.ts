import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { partNames, type PartName } from '../../../src/contract/troubles.ts'
import { openForReading } from '../../../src/engine/store/database.ts'
import { parts } from '../../../src/engine/threads/parts.ts'
import { asProtobuf, type CapturedBody } from '../../captures.ts'
import { inTemporaryFolder, postTo } from '../engine/engine-under-test.ts'
import { jsonBody, logRequest, promptOf, texts } from '../engine/requests.ts'
import { openStore } from '../engine/store-under-test.ts'
import { readFacts, type Tables } from '../engine/tables.ts'
import { startCollector } from '../forwarding/collectors.ts'
import { HostUnderTest } from './host-under-test.ts'
import { hashOf, putUnderLoad } from './load.ts'
import type { Way } from './saboteur.ts'

interface Case {
  readonly ways: readonly Way[]
  /** Gets the part to work. Asked again at the end, it has to be answered. */
  readonly use: (host: HostUnderTest) => Promise<unknown>
  /** It does one piece of work, and is ended with the message that asks for it. */
  readonly isBrief?: boolean
}

const wordy = 'a-session-of-many-bodies'
const patience = { timeout: 60_000, interval: 50 }
const secondNs = (n: number): bigint => BigInt(1_790_000_000 + n) * 1_000_000_000n
/** So many that their session is not settled by the writer itself. */
const manyCalls = Array.from({ length: 2000 }, (_, n) => ({
  observedTimeUnixNano: String(secondNs(0) + BigInt(n)),
  attributes: texts({
    ...{ 'event.name': 'codex.tool_result', 'conversation.id': wordy, tool_name: 'shell' },
    ...{ call_id: `call-${String(n)}`, duration_ms: '1', success: 'true' },
  }),
}))
/** What was sent to have that session settled again. */
const touched: CapturedBody[] = []

/** Every one of them: what is added to the list and not here does not compile. */
const cases: Readonly<Record<PartName, Case>> = {
  writer: { ways: ['throw', 'memory', 'terminate'], use: (host) => host.ask('retention.state', {}) },
  reader: { ways: ['exit'], use: (host) => host.ask('session.list', {}) },
  settler: { ways: ['exit'], use: settledApart },
  search: { ways: ['throw'], use: (host) => host.ask('session.search', { id: wordy, query: 'hello' }) },
  analyst: { ways: ['exit'], use: (host) => host.ask('panel.list', {}) },
  export: { ways: ['exit'], isBrief: true, use: exported },
  check: { ways: ['exit'], isBrief: true, use: () => Promise.resolve() },
  forward: { ways: ['throw'], use: (host) => host.ask('forward.state', {}) },
  history: { ways: ['exit'], use: (host) => host.ask('history.status', {}) },
  words: { ways: ['exit'], use: searched },
  // Nobody listens there: that is an answer, too.
  team: { ways: ['throw'], use: (host) => host.ask('team.test', { url: 'http://127.0.0.1:1' }) },
  console: { ways: ['SIGKILL'], use: (host) => host.ask('sql.run', { sql: 'SELECT 1', limit: 1 }) },
}

/** The check is made at the start of a host, once; the settler is the writer's and ends with it, and which of them has started would not be known. */
const first: ReadonlySet<PartName> = new Set(['check', 'settler'])

/** Each round is a host of its own, in which they end one after another; no part so often that it would be given up. */
const roundCount = Math.max(...partNames.map((part) => cases[part].ways.length))
const endings = partNames.flatMap((part) => cases[part].ways.map((way) => ({ part, way })))
const rounds = Array.from({ length: roundCount }, (_, round) =>
  endings
    .filter((_ending, i) => i % roundCount === round)
    .sort((a, b) => Number(first.has(b.part)) - Number(first.has(a.part))),
).map((of) => ({ of, names: of.map(({ part, way }) => `${part} by ${way}`).join(', ') }))

test.each(rounds)(
  'ended one after another under load, each is noticed, told and started again: $names',
  async ({ of }) => {
    await inTemporaryFolder(async (folder) => {
      const dataDir = join(folder, 'data')
      mkdirSync(dataDir)
      const checked = of.find(({ part }) => part === 'check')
      // As an unclean stop leaves it, so that the database is checked.
      if (checked) writeFileSync(join(dataDir, 'running'), '1')
      const host = new HostUnderTest(dataDir, checked ? { SABOTAGE: `check ${checked.way}` } : {})
      await host.started()
      const collector = await startCollector()
      await host.ask('forward.save', destination(collector.url))
      touched.length = 0
      const prompts = Array.from({ length: 80 }, (_, n) => asProtobuf(promptOf(wordy, secondNs(n))))
      const before = [...prompts, asProtobuf(jsonBody('logs', logRequest(...manyCalls)))]
      for (const body of before) expect((await postTo(host.httpPort, body)).status).toBe(200)
      const load = putUnderLoad(host)
      await vi.waitFor(() => expect(load.acknowledged.length).toBeGreaterThan(20), patience)

      for (const { part, way } of of) {
        await end(host, part, way)
        const since = load.acknowledged.length
        await vi.waitFor(() => expect(load.acknowledged.length, part).toBeGreaterThan(since + 10), patience)
        await vi.waitFor(() => cases[part].use(host), patience)
      }
      await load.finish()
      const acknowledged = [...before, ...touched, ...load.acknowledged]
      await vi.waitFor(() => expect(missingAt(collector, acknowledged)).toEqual([]), patience)
      expect(await host.stopped(), host.stderr).toBe(0)
      if (checked) expect(existsSync(join(dataDir, 'running')), 'the check was made').toBe(false)
      const stored = storedHashes(dataDir)
      expect(acknowledged.map(hashOf).filter((each) => !stored.has(each))).toEqual([])
      expect(factsOf(dataDir)).toEqual(await undisturbed(acknowledged))
    })
  },
)

async function end(host: HostUnderTest, part: PartName, way: Way): Promise<void> {
  const { use, isBrief = false } = cases[part]
  if (part !== 'check') {
    if (isBrief) host.order({ part, way, whenAsked: true })
    await use(host)
    await host.running(part)
    if (!isBrief) host.order({ part, way })
  }
  const trouble = await host.toldOf(part)
  const ending = host.reports.find((report) => report.kind === 'ending' && report.part === part)
  expect(ending, part).toBeDefined()
  // A thread that fills its memory says so when it begins to.
  // Before the lack of a heartbeat would tell, which takes ten seconds.
  if (ending?.kind === 'ending' && way !== 'memory') expect(trouble.sinceMs - ending.atMs, part).toBeLessThan(9000)
  if (way === 'memory') expect(trouble.words).toContain('it ran out of memory')
  if (way === 'throw') expect(trouble.words).toContain('a bug')
  expect(trouble.words).toContain('It was started again')
  expect(host.stderr).toContain(`${parts[part].title} ended unexpectedly`)
  await host.running(part, 2)
}

test('a writer that keeps ending is given up: the host says why, and ends with a code', async () => {
  await inTemporaryFolder(async (dataDir) => {
    const host = new HostUnderTest(dataDir)
    await host.started()
    for (let end = 1; end <= 3; end++) {
      await host.running('writer', end)
      await vi.waitFor(
        async () => expect((await postTo(host.httpPort, promptOf(`p-${String(end)}`))).status).toBe(200),
        patience,
      )
      host.order({ part: 'writer', way: 'throw' })
      if (end < 3) await host.running('writer', end + 1)
    }
    await vi.waitFor(() => expect(host.process.exitCode, host.stderr).toBe(1), patience)
    expect(host.stderr).toMatch(/the writer ended 3 times within a minute, the last time because a bug/)
  })
})

/** Resolves when it can be read whole. */
async function exported(host: HostUnderTest): Promise<void> {
  const { exportId } = await host.ask('export.start', { id: wordy, format: 'json', redact: [] })
  await vi.waitFor(async () => expect((await host.ask('export.progress', { exportId })).done).toBe(true), patience)
  await host.ask('export.end', { exportId })
}

async function settledApart(host: HostUnderTest): Promise<void> {
  const body = asProtobuf(promptOf(wordy, secondNs(1000 + touched.length)))
  // Where it is refused it is sent again, the same.
  expect((await postTo(host.httpPort, body)).status).toBe(200)
  touched.push(body)
}

/** Where the index is on, and in use. */
async function searched(host: HostUnderTest): Promise<void> {
  await host.ask('settings.write', { history: { enabled: false, paused: false, homes: [], words: true } })
  expect((await host.ask('history.search', { words: 'hello' })).state).not.toBe('off')
}

function destination(url: string) {
  return {
    ...{ name: 'here', enabled: true, protocol: 'http', url, compression: 'none', timeoutS: 5 },
    ...{ signals: ['traces', 'logs', 'metrics'], headers: [], caFile: null, certFile: null, keyFile: null },
  } as const satisfies Parameters<typeof HostUnderTest.prototype.ask<'forward.save'>>[1]
}

function missingAt(
  { taken }: Awaited<ReturnType<typeof startCollector>>,
  sent: readonly Parameters<typeof hashOf>[0][],
): string[] {
  const arrived = new Set(
    taken.map(({ body }) => hashOf({ signal: 'logs', encoding: 'protobuf', bytes: new Uint8Array(body) })),
  )
  return sent.map(hashOf).filter((each) => !arrived.has(each))
}

function storedHashes(dataDir: string): Set<string> {
  const db = openForReading(dataDir)
  const hashes = db.prepare<[], string>('SELECT lower(hex(hash)) FROM body').pluck().all()
  db.close()
  return new Set(hashes)
}

function undisturbed(bodies: Parameters<typeof hashOf>[0][]): Promise<Tables> {
  return inTemporaryFolder((dataDir) => {
    const store = openStore(dataDir)
    for (const body of bodies) store.store(body)
    store.settle()
    store.close()
    return factsOf(dataDir)
  })
}

/** What is known of sessions; where it is sent on, and how far that is, belongs to the host. */
function factsOf(dataDir: string): Tables {
  return Object.fromEntries(Object.entries(readFacts(dataDir)).filter(([table]) => !table.startsWith('forward_')))
}
