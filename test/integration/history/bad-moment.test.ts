import { spawnSync } from 'node:child_process'
import { appendFileSync, chmodSync, chownSync, readFileSync, renameSync, utimesSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { historyReader } from '../../../src/engine/history/history-reader.ts'
import { historyStore } from '../../../src/engine/history/history-store.ts'
import { historyInFolder } from '../../../src/engine/history/scan-folder.ts'
import { openForReading, openForWriting } from '../../../src/engine/store/database.ts'
import { nodeCommand } from '../../node-command.ts'
import { loadRolloutRun } from '../../rollouts.ts'
import { sessionFiles } from './home-under-test.ts'
import { writeLong } from './long-rollout.ts'
import { inTemporaryHome } from './rollout-facts.ts'

test.each(['replaced', 'written anew in place'])(
  'a file that is %s while it is read is read as the one that it is then',
  (how) =>
    inTemporaryHome((home) =>
      inTemporaryHome((otherHome) =>
        inTemporaryHome(async (dataDir) => {
          const [path, other] = [writeLong(home, 'before'), writeLong(otherHome, 'after')]
          appendFileSync(other, '\n')
          // Its first line says another folder, as a newer layout says more.
          writeFileSync(other, readFileSync(other, 'utf8').replace('"/work"', '"/elsewhere"'))
          const db = openForWriting(dataDir)
          const store = historyStore(db)
          let batches = 0
          const reader = historyReader({
            db,
            write: (batch) => {
              store.write(batch)
              if (++batches === 1 && how === 'replaced') renameSync(other, path)
              else if (batches === 1) writeFileSync(path, readFileSync(other))
              return Promise.resolve()
            },
            progress: () => undefined,
          })
          await reader.pass({ homes: [home], archived: true }, () => true)
          expect(batches).toBeGreaterThan(1)
          await reader.pass({ homes: [home], archived: true }, () => true)
          const turns = db.prepare<[], string>('SELECT turn_id FROM rollout_turn').pluck().all()
          expect(turns).toHaveLength(12_000)
          expect(turns.filter((turn) => !turn.startsWith('after-'))).toEqual([])
          db.close()
        }),
      ),
    ),
)

test('a clock that went back keeps no line from being read, and no session from being told', () =>
  inTemporaryHome((home) =>
    inTemporaryHome(async (dataDir) => {
      loadRolloutRun('01_fix').unpackInto(home)
      const [path = ''] = sessionFiles(home)
      await historyInFolder.scan(dataDir, { homes: [home] })
      const [line = ''] = readFileSync(path, 'utf8')
        .split('\n')
        .filter((text) => text.includes('"type":"token_usage_record"'))
      const earlier = line
        .replace(/"timestamp":"[^"]+"/, '"timestamp":"2025-01-01T00:00:00.000Z"')
        .replace(/"response_id":"[^"]+"/, '"response_id":"resp_earlier"')
      appendFileSync(path, `${earlier}\n`)
      utimesSync(path, new Date(0), new Date(0))
      const before = callsOf(dataDir)
      expect(await historyInFolder.scan(dataDir, { homes: [home] })).toMatchObject({
        files: 1,
        sessions: 1,
        skipped: 0,
      })
      expect(callsOf(dataDir)).toEqual({ calls: before.calls + 1, isForwards: 1 })
    }),
  ))

function callsOf(dataDir: string): { calls: number; isForwards: number } {
  const db = openForReading(dataDir)
  const row = db
    .prepare<[], { calls: number; isForwards: number }>(
      'SELECT api_calls AS calls, last_ns > first_ns AS isForwards FROM session',
    )
    .get()
  db.close()
  return row ?? { calls: 0, isForwards: 0 }
}

/** Root may read everything: then the one who reads is somebody else. */
const nobody: { uid: number; gid: number } | null = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : null
const project = resolve(import.meta.dirname, '../../..')
const asNobody = (...args: string[]) =>
  spawnSync(...nodeCommand(...args), { ...(nobody ?? {}), cwd: project, encoding: 'utf8' })
const canBe = process.platform !== 'win32' && asNobody('-e', 'require("better-sqlite3")').status === 0
if (!canBe) console.warn('NOT TESTED: nobody else may read the project here, so no file can be kept from its reader')

test.skipIf(!canBe)('a file and a folder that may not be read are named, and what may be is read', () =>
  inTemporaryHome((home) =>
    inTemporaryHome((dataDir) => {
      for (const run of ['01_fix', '03_agents']) loadRolloutRun(run).unpackInto(home)
      const [path = '', ...others] = sessionFiles(home)
      if (nobody !== null) {
        chownSync(dataDir, nobody.uid, nobody.gid)
        chmodSync(home, 0o755)
      }
      chmodSync(path, 0)
      const archived = join(home, 'archived_sessions')
      spawnSync('mkdir', ['-m', '0', archived])
      const scan = `
        import { historyInFolder } from './src/engine/history/scan-folder.ts'
        const [dataDir, home] = process.argv.slice(1)
        const scanned = await historyInFolder.scan(dataDir, { homes: [home] })
        console.log(JSON.stringify(scanned))`
      const { stdout, stderr } = asNobody('--input-type=module', '-e', scan, dataDir, home)
      expect(stderr).not.toContain('Error')
      expect(JSON.parse(stdout)).toMatchObject({ files: others.length, sessions: others.length, skipped: 2 })
      chmodSync(archived, 0o755)
    }),
  ),
)
