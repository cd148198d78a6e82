import { spawn, type ChildProcess } from 'node:child_process'
import { hash } from 'node:crypto'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { openForReading } from '../../../src/engine/store/database.ts'
import { loadCapture, type CapturedBody } from '../../captures.ts'
import { nodeCommand } from '../../node-command.ts'
import { inTemporaryFolder, postTo, withEngine } from './engine-under-test.ts'
import { openStore } from './store-under-test.ts'
import { readFacts, type Tables } from './tables.ts'

const hostScript = fileURLToPath(new URL('./crash-host.ts', import.meta.url))
const bodies = [...loadCapture('07_long_90s').bodies, ...loadCapture('16_tui').bodies]

test.each([1, 20])('killed after %i acknowledgements, the engine has lost none of them', async (killAfter) => {
  await inTemporaryFolder(async (dataDir) => {
    const acknowledged = await postUntilKilled(dataDir, killAfter)
    expect(acknowledged.length).toBeGreaterThanOrEqual(killAfter)
    expect(acknowledged.length).toBeLessThan(bodies.length)

    await withEngine({ dataDir }, async (engine) => {
      await engine.settled()
      const stored = storedHashes(dataDir)
      expect(acknowledged.map(hashOf).filter((digest) => !stored.has(digest))).toEqual([])
      expect(readFacts(dataDir)).toEqual(await factsOf(bodies.filter((body) => stored.has(hashOf(body)))))

      for (const body of bodies) expect((await engine.post(body)).status).toBe(200)
      await engine.settled()
      await engine.close()
      expect(readFacts(dataDir)).toEqual(await factsOf(bodies))
    })
    expect(integrityOf(dataDir)).toBe('ok')
  })
})

/** Posts six at a time, and kills the host while the requests after the given one are under way. Returns what it answered with 200. */
async function postUntilKilled(dataDir: string, killAfter: number): Promise<CapturedBody[]> {
  const host = spawn(...nodeCommand('--disable-warning=ExperimentalWarning', hostScript, dataDir), {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  try {
    const port = await portOf(host)
    const acknowledged: CapturedBody[] = []
    const waiting = [...bodies]
    const sender = async (): Promise<void> => {
      for (let body = waiting.shift(); body !== undefined; body = waiting.shift()) {
        const reply = await postTo(port, body).catch(() => null)
        if (reply?.status !== 200) return
        acknowledged.push(body)
        if (acknowledged.length === killAfter) host.kill('SIGKILL')
      }
    }
    await Promise.all(Array.from({ length: 6 }, sender))
    return acknowledged
  } finally {
    host.kill('SIGKILL')
    if (host.exitCode === null && host.signalCode === null) await once(host, 'exit')
  }
}

async function portOf({ stdout }: ChildProcess): Promise<number> {
  if (stdout === null) throw new Error('the host has no output')
  const [address] = (await once(createInterface(stdout), 'line')) as [string]
  return Number(address.split(':').at(-1))
}

function hashOf({ bytes }: CapturedBody): string {
  return hash('sha256', bytes, 'hex').slice(0, 32)
}

function storedHashes(dataDir: string): Set<string> {
  const db = openForReading(dataDir)
  const hashes = db.prepare<[], string>('SELECT lower(hex(hash)) FROM body').pluck().all()
  db.close()
  return new Set(hashes)
}

function integrityOf(dataDir: string): unknown {
  const db = openForReading(dataDir)
  const result: unknown = db.pragma('integrity_check', { simple: true })
  db.close()
  return result
}

function factsOf(stored: readonly CapturedBody[]): Promise<Tables> {
  return inTemporaryFolder((dataDir) => {
    const store = openStore(dataDir)
    for (const body of stored) store.store(body)
    store.settle()
    store.close()
    return readFacts(dataDir)
  })
}
