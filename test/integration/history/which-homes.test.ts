import { homedir } from 'node:os'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { noHistory } from '../../../src/contract/history.ts'
import { withHome } from './home-under-test.ts'

test('which homes are read is said by the settings: Codex’s own, others by their paths, archived sessions', () =>
  withHome('15_archived', async ({ engine, home }) => {
    const files = async (history: object): Promise<number> => {
      await engine.ask('settings.write', { history: { ...noHistory, ...history } })
      const { found } = await engine.ask('history.status', {})
      const { files: read } = await engine.ask('history.scan', {})
      expect(found.reduce((sum, one) => sum + one.files, 0)).toBe(read)
      return read
    }
    vi.stubEnv('CODEX_HOME', home)
    expect(await files({ archived: false })).toBe(1)
    expect(await files({ ownHome: false })).toBe(0)
    expect(await files({ ownHome: false, homes: [home] })).toBe(2)
    // It is known by now: a file that Codex archives does not become one that is gone.
    expect((await engine.ask('history.status', {})).read.files).toBe(2)
    await engine.ask('settings.write', { history: { ...noHistory, archived: false } })
    expect((await engine.ask('history.scan', {})).files).toBe(2)

    const { history } = await engine.ask('settings.write', { history: { ...noHistory, homes: ['~/more/', '~/more'] } })
    expect(history?.homes).toEqual([join(homedir(), 'more')])
    await expect(engine.ask('settings.write', { history: { ...noHistory, homes: ['more/.codex'] } })).rejects.toThrow(
      'bad_request: a Codex home is a whole path',
    )
  }))
