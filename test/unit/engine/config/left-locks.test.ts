import { existsSync, mkdirSync, readFileSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { specialFiles } from '../special-files.ts'
import { scratchHome } from './scratch-home.ts'

const old = '[tui]\nnotifications = true\n'

/** A lock of an hour ago. */
function leave(lock: string, text: string): void {
  writeFileSync(lock, text)
  const anHourAgo = Date.now() / 1000 - 3600
  utimesSync(lock, anHourAgo, anHourAgo)
}

describe('a lock that a dead process left', () => {
  test('goes, and with it the temporary file that it names', async () => {
    const { file, files, apply } = scratchHome(old)
    writeFileSync(`${file}.colophon-0123456789ab`, 'half')
    leave(`${file}.colophon-lock`, `${file}.colophon-0123456789ab`)
    await apply({ protocol: 'http' })
    expect(files().filter((name) => name.includes('colophon'))).toEqual([])
  })

  test('goes as well where the clock was set back since', async () => {
    const { file, files, apply } = scratchHome(old)
    writeFileSync(`${file}.colophon-lock`, '')
    const tomorrow = Date.now() / 1000 + 86_400
    utimesSync(`${file}.colophon-lock`, tomorrow, tomorrow)
    await apply({ protocol: 'http' })
    expect(files().filter((name) => name.includes('colophon'))).toEqual([])
  })

  test.each([
    ['a path that only begins like one of ours', (file: string) => `${file}.colophon-x/../victim.txt`],
    ['another way to write our name', (file: string) => `${dirname(file)}/./config.toml.colophon-0123456789ab`],
    ['another file', (file: string) => join(dirname(file), 'victim.txt')],
    ['a backup', (file: string) => `${file}.colophon-mine`],
    ['a line more', (file: string) => `${file}.colophon-0123456789ab\n`],
  ])('takes no other file with it: %s', async (_what, named) => {
    const { home, file, apply } = scratchHome(old)
    mkdirSync(`${file}.colophon-x`)
    const kept = ['victim.txt', 'config.toml.colophon-0123456789ab', 'config.toml.colophon-mine']
    for (const name of kept) writeFileSync(join(home, name), 'mine')
    leave(`${file}.colophon-lock`, named(file))
    await apply({ protocol: 'http' })
    for (const name of kept) expect(readFileSync(join(home, name), 'utf8')).toBe('mine')
  })

  test('takes no link with it under the name of its temporary file', async () => {
    const { home, file, apply } = scratchHome(old)
    writeFileSync(join(home, 'victim.txt'), 'mine')
    symlinkSync(join(home, 'victim.txt'), `${file}.colophon-0123456789ab`)
    leave(`${file}.colophon-lock`, `${file}.colophon-0123456789ab`)
    await apply({ protocol: 'http' })
    expect(existsSync(`${file}.colophon-0123456789ab`)).toBe(true)
    expect(existsSync(join(home, 'victim.txt'))).toBe(true)
  })
})

const places = ['config.toml', 'config.toml.colophon-lock'] as const
describe.each(specialFiles)('%s in the folder of Codex', (_kind, make) => {
  test.each(places)('as %s holds nobody up, and is told', async (name) => {
    const { home, apply, ask } = scratchHome(name === 'config.toml' ? null : old)
    make(join(home, name))
    await expect(apply({ protocol: 'http' })).rejects.toThrow(/is not a file|is not Colophon's/)
    if (name !== 'config.toml') expect(readFileSync(join(home, 'config.toml'), 'utf8')).toBe(old)
    await ask('config.doctor', {})
  })

  test('as a profile or a project’s file is passed over', async () => {
    const { home, ask } = scratchHome(old)
    make(join(home, 'work.config.toml'))
    mkdirSync(join(home, 'project', '.codex'), { recursive: true })
    make(join(home, 'project', '.codex', 'config.toml'))
    await ask('config.doctor', { project: join(home, 'project') })
  })
})
