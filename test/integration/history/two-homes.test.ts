import { readFileSync, truncateSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { historyInFolder } from '../../../src/engine/history/scan-folder.ts'
import { openForReading } from '../../../src/engine/store/database.ts'
import { loadRolloutRun } from '../../rollouts.ts'
import { sessionFiles } from './home-under-test.ts'
import { inTemporaryHome } from './rollout-facts.ts'

const run = loadRolloutRun('01_fix')

function told(dataDir: string): unknown {
  const db = openForReading(dataDir)
  const files = db.prepare('SELECT path, read_to FROM rollout_file').all()
  const calls = db.prepare('SELECT api_calls FROM session').pluck().all()
  db.close()
  return { files, calls }
}

test.each(['before', 'behind'])(
  'an older copy of a home, looked at %s it, takes back nothing of what it says',
  (where) =>
    inTemporaryHome((home) =>
      inTemporaryHome((copy) =>
        inTemporaryHome(async (dataDir) => {
          for (const each of [home, copy]) run.unpackInto(each)
          const [[path = ''], [older = '']] = [sessionFiles(home), sessionFiles(copy)]
          const bytes = readFileSync(path)
          truncateSync(older, bytes.lastIndexOf('\n', bytes.length / 2) + 1)
          const [first, second] = where === 'before' ? [older, path] : [path, older]
          utimesSync(first, 2000, 2000)
          utimesSync(second, 1000, 1000)
          const whole = { files: [{ path, read_to: bytes.length }], calls: [run.threads[0]?.totals.calls] }
          for (let pass = 0; pass < 2; pass++) {
            expect(await historyInFolder.scan(dataDir, { homes: [copy, home] })).toMatchObject({
              files: 1,
              sessions: 1,
              skipped: 0,
            })
            expect(told(dataDir)).toEqual(whole)
          }
        }),
      ),
    ),
)

test('a home that is not there is named as such', () =>
  inTemporaryHome(async (folder) => {
    const { found } = await historyInFolder.status(folder, { homes: [join(folder, 'nowhere'), folder] })
    expect(found.map(({ problem }) => problem)).toEqual(['there is no such folder', null])
  }))
