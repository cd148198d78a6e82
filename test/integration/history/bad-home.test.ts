import { execFileSync } from 'node:child_process'
import { appendFileSync, mkdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { zstdCompressSync } from 'node:zlib'
import { expect, it, vi } from 'vitest'
import { inTemporaryFolder } from '../engine/engine-under-test.ts'
import { historyInFolder } from '../../../src/engine/history/scan-folder.ts'
import { loadRolloutRun } from '../../rollouts.ts'
import { sessionFiles } from './home-under-test.ts'

/** The run with one session, and what is read of its home after `spoil`. */
async function scanned(spoil: (home: string, file: string) => void): Promise<unknown> {
  return inTemporaryFolder(async (folder) => {
    const home = join(folder, 'home')
    loadRolloutRun('01_fix').unpackInto(home)
    spoil(home, sessionFiles(home)[0] ?? '')
    const { files, sessions, skipped } = await historyInFolder.scan(join(folder, 'data'), { homes: [home] })
    const { problems } = await historyInFolder.status(join(folder, 'data'), { homes: [home] })
    return { files, sessions, skipped, problems: problems.map(({ words }) => words) }
  })
}

const whole = { files: 1, sessions: 1, skipped: 0, problems: [] }
let end = 0
const passedOver = (lines: string): string[] => [`${lines} at byte ${end.toLocaleString('en')}`]
const id = '01a22214-0000-7000-8000-000000000000'
const name = `rollout-2026-11-28T12-00-00-${id}.jsonl`

it('a home that is not there has nothing, and is no failure', async () => {
  await inTemporaryFolder(async (folder) => {
    vi.stubEnv('CODEX_HOME', join(folder, 'nowhere'))
    expect(await historyInFolder.scan(folder)).toMatchObject({ files: 0, sessions: 0, bytes: 0, skipped: 0 })
    vi.unstubAllEnvs()
  })
})

it('a file in the place of a home is named as what it is', async () => {
  await inTemporaryFolder(async (folder) => {
    const home = join(folder, 'home')
    writeFileSync(home, '')
    const { found } = await historyInFolder.status(join(folder, 'data'), { homes: [home] })
    expect(found).toMatchObject([{ path: home, files: 0, problem: 'this is a file, and no folder' }])
    const { problems } = await historyInFolder.scan(join(folder, 'data'), { homes: [home] })
    expect(problems).toEqual([{ path: home, words: 'this is a file, and no folder' }])
  })
})

it('links in a ring and links to files are left alone, and named', async () => {
  const spoil = (home: string, file: string): void => {
    symlinkSync(home, join(home, 'sessions', 'ring'))
    symlinkSync(file, join(home, 'sessions', name))
  }
  const words = 'this is a link, which is not followed'
  expect(await scanned(spoil)).toMatchObject({ files: 1, skipped: 2, problems: [] })
  await inTemporaryFolder(async (folder) => {
    const home = join(folder, 'home')
    loadRolloutRun('01_fix').unpackInto(home)
    spoil(home, sessionFiles(home)[0] ?? '')
    const { problems } = await historyInFolder.scan(join(folder, 'data'), { homes: [home] })
    expect(problems?.map((each) => each.words)).toEqual([words, words])
  })
})

it.skipIf(process.platform === 'win32')('a pipe by the name of a session file holds nobody', async () => {
  const spoil = (home: string): void => void execFileSync('mkfifo', [join(home, 'sessions', name)])
  expect(await scanned(spoil)).toEqual(whole)
})

it('a file of empty lines alone is read quickly, and says nothing', async () => {
  const spoil = (home: string): void => {
    writeFileSync(join(home, 'sessions', name), Buffer.alloc(10_000_000, '\n'))
  }
  expect(await scanned(spoil)).toEqual({ ...whole, files: 2, sessions: 2 })
})

it('broken lines, NUL bytes and invalid UTF-8 are counted and told by their place, and what stands around them is read', async () => {
  const spoil = (_: string, file: string): void => {
    end = statSync(file).size
    appendFileSync(file, Buffer.from([0, 0, 0, 10]))
    appendFileSync(
      file,
      '{"timestamp":"2026-11-28T12:00:00.000Z","type":"event_msg","payload":{"type":"task_started",\n',
    )
    appendFileSync(file, Buffer.concat([Buffer.from('{"a":"'), Buffer.from([0xff, 0xfe]), Buffer.from('"}\n')]))
  }
  expect(await scanned(spoil)).toEqual({
    ...whole,
    skipped: 3,
    problems: passedOver('3 lines are broken or too long and were skipped, the first'),
  })
})

it('a line longer than any line can be is skipped with a count', async () => {
  const spoil = (_: string, file: string): void => {
    end = statSync(file).size
    appendFileSync(file, '{"timestamp":"2026-11-28T12:00:00.000Z","type":"token_usage_record","payload":"')
    for (let i = 0; i < 65; i++) appendFileSync(file, Buffer.alloc(1024 * 1024, 'x'))
    appendFileSync(file, '"}\n')
  }
  expect(await scanned(spoil)).toEqual({
    ...whole,
    skipped: 1,
    problems: passedOver('1 line is broken or too long and was skipped,'),
  })
})

it('a packed file of several frames is read to its end', async () => {
  const spoil = (_: string, file: string): void => {
    const bytes = readFileSync(file)
    const parts = [bytes.subarray(0, 5000), bytes.subarray(5000)].map((part) => zstdCompressSync(part))
    writeFileSync(`${file}.zst`, Buffer.concat(parts))
    rmSync(file)
  }
  expect(await scanned(spoil)).toEqual(whole)
})

it('a file in the place of the folder of sessions is named', async () => {
  await inTemporaryFolder(async (folder) => {
    const home = join(folder, 'home')
    mkdirSync(home)
    writeFileSync(join(home, 'sessions'), '')
    const { problems } = await historyInFolder.scan(join(folder, 'data'), { homes: [home] })
    expect(problems).toEqual([{ path: join(home, 'sessions'), words: 'this is a file, and no folder' }])
  })
})

it.each(['9999-11-28T12:00:00.000Z', '0001-01-01T00:00:00.000Z', 'yesterday'])(
  'a line of a moment that cannot be, %s, is counted, and what stands around it is settled',
  async (timestamp) => {
    const spoil = (_: string, file: string): void => {
      end = statSync(file).size
      appendFileSync(
        file,
        `${JSON.stringify({ timestamp, type: 'event_msg', payload: { type: 'task_started', turn_id: 't' } })}\n`,
      )
    }
    expect(await scanned(spoil)).toEqual({
      ...whole,
      skipped: 1,
      problems: passedOver('1 line is broken or too long and was skipped,'),
    })
  },
)

it('a packed file that is none is told by the scan itself', async () => {
  await inTemporaryFolder(async (folder) => {
    const day = join(folder, 'home', 'sessions')
    mkdirSync(day, { recursive: true })
    writeFileSync(join(day, `${name}.zst`), 'no Zstandard data at all')
    const { skipped, problems } = await historyInFolder.scan(join(folder, 'data'), { homes: [join(folder, 'home')] })
    expect(skipped).toBe(1)
    expect(problems).toMatchObject([{ path: join(day, `${name}.zst`) }])
    expect(problems?.[0]?.words).toContain('its Zstandard data is damaged')
  })
})

it('a half-written last line waits until it is whole', async () => {
  await inTemporaryFolder(async (folder) => {
    const home = join(folder, 'home')
    loadRolloutRun('01_fix').unpackInto(home)
    const [file = ''] = sessionFiles(home)
    const bytes = readFileSync(file)
    writeFileSync(file, bytes.subarray(0, -20))
    const dataDir = join(folder, 'data')
    mkdirSync(dataDir)
    const first = await historyInFolder.scan(dataDir, { homes: [home] })
    writeFileSync(file, bytes)
    const second = await historyInFolder.scan(dataDir, { homes: [home] })
    expect([first.skipped, second.skipped]).toEqual([0, 0])
  })
})
