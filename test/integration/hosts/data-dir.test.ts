import { chmodSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { userInfo } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { defaultDataDir } from '../../../src/engine/api/data-dir.ts'
import { loadToken } from '../../../src/engine/api/token.ts'
import { homeFolder } from '../../../src/engine/home-folder.ts'
import { temporaryFolder } from './api-support.ts'

test('data lies where the platform keeps a user’s application data', () => {
  expect(defaultDataDir('linux', {}, '/home/ada')).toBe('/home/ada/.local/share/colophon')
  expect(defaultDataDir('linux', { XDG_DATA_HOME: '/data' }, '/home/ada')).toBe('/data/colophon')
  expect(defaultDataDir('linux', { XDG_DATA_HOME: 'data' }, '/home/ada')).toBe('/home/ada/.local/share/colophon')
  expect(defaultDataDir('darwin', {}, '/Users/ada')).toBe('/Users/ada/Library/Application Support/Colophon')
  expect(homeFolder('')).toBe(userInfo().homedir)
  expect(homeFolder('/home/ada')).toBe('/home/ada')
  expect(defaultDataDir('win32', { APPDATA: '/Roaming' }, '/ada')).toBe('/Roaming/Colophon')
})

test('a data folder keeps its token, readable by its owner alone', () => {
  const folder = temporaryFolder()
  const token = loadToken(folder)
  expect(Buffer.from(token, 'base64url')).toHaveLength(32)
  chmodSync(join(folder, 'token'), 0o644)
  expect(loadToken(folder)).toBe(token)
  expect(statSync(join(folder, 'token')).mode & 0o777).toBe(0o600)
})

test('each data folder has a token of its own', () => {
  expect(loadToken(temporaryFolder())).not.toBe(loadToken(temporaryFolder()))
})

test.each(['', 'short', 'with spaces in it '.repeat(3)])('a token file that holds “%s” is replaced', (text) => {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'token'), text)
  const token = loadToken(folder)
  expect(token).not.toBe(text)
  expect(readFileSync(join(folder, 'token'), 'utf8').trim()).toBe(token)
})
