import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { asProtobuf } from '../../captures.ts'
import { inTemporaryFolder, postTo } from '../engine/engine-under-test.ts'
import { promptOf } from '../engine/requests.ts'
import { openStore } from '../engine/store-under-test.ts'
import { writeLong } from '../history/long-rollout.ts'
import { HostUnderTest } from './host-under-test.ts'
import { hashOf } from './load.ts'
import { openForReading } from '../../../src/engine/store/database.ts'

const patience = { timeout: 60_000, interval: 50 }
const hasPrlimit = spawnSync('prlimit', ['--version']).status === 0
if (!hasPrlimit) console.warn('NOT TESTED: prlimit (util-linux) is missing, so no disk can be made to refuse')

/** From now on. */
function limitFiles(host: HostUnderTest, bytes: string): void {
  expect(spawnSync('prlimit', ['--pid', String(host.process.pid), `--fsize=${bytes}:unlimited`]).status).toBe(0)
}

/** The kernel refuses what would make a file longer than that; anyone may set it, and take it back. */
const limitBytes = 4 * 1024 * 1024

test.skipIf(!hasPrlimit)(
  'a disk that takes nothing is told, senders try again, and it recovers by itself',
  async () => {
    await inTemporaryFolder(async (dataDir) => {
      const host = new HostUnderTest(dataDir, {}, ['prlimit', `--fsize=${String(limitBytes)}:unlimited`])
      await host.started()
      const acknowledged: string[] = []
      let number = 0
      const send = async (): Promise<number> => {
        const body = asProtobuf(promptOf(`session-${String(number++)}`))
        const { status, headers } = await postTo(host.httpPort, { ...body, bytes: padded(body.bytes) })
        if (status === 200) acknowledged.push(hashOf({ ...body, bytes: padded(body.bytes) }))
        else expect(headers['retry-after']).toBeDefined()
        return status
      }
      const troubles = async () => (await host.ask('status', {})).troubles.filter(({ of }) => of === 'disk')
      // While the database's log can still begin anew, a small write of the host's own succeeds, and ends the trouble.
      const trouble = await vi.waitFor(async () => {
        expect(await send()).toBe(503)
        const open = (await troubles()).find(({ endedMs }) => endedMs === null)
        expect(open).toMatchObject({ stopsStoring: true })
        return open
      }, patience)
      expect(trouble?.words).toMatch(/^The disk .*senders are told to try again/)

      limitFiles(host, 'unlimited')
      await vi.waitFor(async () => {
        for (const { words } of await troubles()) expect(words).toContain('Writing works again')
      }, patience)
      expect(await send()).toBe(200)
      expect(await host.stopped(), host.stderr).toBe(0)
      const db = openForReading(dataDir)
      const stored = new Set(db.prepare<[], string>('SELECT lower(hex(hash)) FROM body').pluck().all())
      db.close()
      expect(acknowledged.filter((each) => !stored.has(each))).toEqual([])
    })
  },
)

test.skipIf(!hasPrlimit)(
  'a disk that takes nothing of session files is told, and they are read whole when it does again',
  async () => {
    await inTemporaryFolder(async (folder) => {
      const [home, dataDir] = [join(folder, 'home'), join(folder, 'data')]
      const path = writeLong(home)
      mkdirSync(dataDir)
      const host = new HostUnderTest(dataDir, { CODEX_HOME: home })
      await host.started()
      const sizes = readdirSync(dataDir).map((name) => statSync(join(dataDir, name)).size)
      limitFiles(host, String(Math.max(...sizes) + 100_000))
      await host.ask('settings.write', { history: { enabled: true, paused: false, homes: [] } })
      await vi.waitFor(async () => {
        const { problems } = await host.ask('history.status', {})
        expect(problems.map(({ words }) => words).join()).toMatch(/what was read cannot be stored: .*(?:full|disk)/)
      }, patience)
      expect(readFileSync(path, 'utf8')).toContain('"session_meta"')

      limitFiles(host, 'unlimited')
      await vi.waitFor(async () => {
        expect((await host.ask('session.list', {})).sessions.map(({ turns }) => turns)).toEqual([12_000])
        expect((await host.ask('history.status', {})).problems).toEqual([])
      }, patience)
      // A busy machine may take longer for so many turns than one that stops waits for.
      const db = openForReading(dataDir)
      const behind = db.prepare('SELECT (SELECT count(*) FROM unsettled) + (SELECT count(*) FROM unshared)').pluck()
      await vi.waitFor(() => expect(behind.get()).toBe(0), patience)
      db.close()
      expect(await host.stopped(), host.stderr).toBe(0)
    })
  },
)

test('a database that may not grow says that the disk is full, and stores again when it may', async () => {
  await inTemporaryFolder((dataDir) => {
    const store = openStore(dataDir)
    const pages = store.db.pragma('page_count', { simple: true }) as number
    store.db.pragma(`max_page_count = ${String(pages)}`)
    const body = asProtobuf(promptOf('session'))
    const storeAgain = () => store.writer.store([{ ...body, bytes: body.bytes.slice(), origin: 'received' }])[0]
    let last = storeAgain()
    for (let n = 0; last?.accepted.kind === 'stored' && n < 500; n++) {
      const other = asProtobuf(promptOf(`session-${String(n)}`))
      ;[last] = store.writer.store([{ ...other, bytes: padded(other.bytes), origin: 'received' }])
    }
    expect(last).toMatchObject({ disk: 'The disk is full.', accepted: { kind: 'unavailable', retryAfterS: 5 } })
    store.db.pragma('max_page_count = 1000000')
    expect(storeAgain()).toMatchObject({ disk: null, accepted: { kind: 'stored' } })
    store.close()
  })
})

/** With an unknown field that does not get smaller by compression. */
function padded(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const noise = new Uint8Array(100_000)
  for (let at = 0, state = bytes.length + (bytes.at(-1) ?? 0); at < noise.length; at++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    noise[at] = state >>> 24
  }
  // Field 1000, of bytes: tag and length as varints.
  return new Uint8Array([...bytes, 0xc2, 0x3e, 0xa0, 0x8d, 0x06, ...noise])
}
