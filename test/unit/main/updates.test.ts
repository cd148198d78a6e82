import { generateKeyPairSync, sign } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { ShellCommand, UpdateState } from '../../../src/contract/shell.ts'
import { createUpdates, tellOfUpdate } from '../../../src/main/updates.ts'
import type { Updater } from '../../../src/main/updates.ts'
import { updateStatement, type UpdateList } from '../../../src/main/update-signature.ts'

const pair = generateKeyPairSync('ed25519')
const other = generateKeyPairSync('ed25519')

function signedList(version: string, { privateKey } = pair): UpdateList {
  const list = { version, files: [{ url: `Colophon-${version}.deb`, sha512: 'sum' }] }
  return { ...list, signature: sign(null, updateStatement(list), privateKey).toString('base64') }
}

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'colophon-updates-'))
  writeFileSync(join(folder, 'app-update.yml'), 'provider: generic\n')
  writeFileSync(join(folder, 'key.pem'), pair.publicKey.export({ type: 'spki', format: 'pem' }))
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})

/** Stands in for electron-updater, which knows its app only inside Electron; the packaged app is tested with the real one. */
function fakeUpdater(newest: string | Error | null, list = signedList) {
  const calls: string[] = []
  const listeners = new Map<string, (value: never) => void>()
  const updater: Updater = {
    autoDownload: true,
    autoInstallOnAppQuit: true,
    logger: console,
    checkForUpdates() {
      calls.push('look')
      if (newest instanceof Error) return Promise.reject(newest)
      if (newest === null) return Promise.resolve(null)
      return Promise.resolve({ isUpdateAvailable: newest !== '1.0.0', updateInfo: list(newest) })
    },
    downloadUpdate() {
      calls.push('fetch')
      listeners.get('download-progress')?.({ percent: 41.7 } as never)
      return Promise.resolve([])
    },
    quitAndInstall: () => calls.push('install'),
    on: (event: string, listener: (value: never) => void) => listeners.set(event, listener),
  }
  return { updater, calls, fail: (error: Error) => listeners.get('error')?.(error as never) }
}

function started(newest: string | Error | null, file = 'app-update.yml', list = signedList, key = 'key.pem') {
  const fake = fakeUpdater(newest, list)
  const seen: UpdateState[] = []
  const updates = createUpdates({
    sourceFile: join(folder, file),
    keyFile: join(folder, key),
    load: () => Promise.resolve(fake.updater),
    changed: () => seen.push(updates.state()),
  })
  return { ...fake, updates, seen }
}

test('each step waits for the one before, and for the user', async () => {
  const { updates, calls, seen, updater } = started('2.0.0')
  await updates.fetch()
  updates.install()
  expect(calls).toEqual([])
  await updates.look()
  expect(updater).toMatchObject({ autoDownload: false, autoInstallOnAppQuit: false })
  updates.install()
  expect(calls).toEqual(['look'])
  await updates.fetch()
  expect(seen).toEqual([
    { kind: 'looking' },
    { kind: 'available', version: '2.0.0' },
    { kind: 'fetching', version: '2.0.0', percent: 0 },
    { kind: 'fetching', version: '2.0.0', percent: 41 },
    { kind: 'ready', version: '2.0.0' },
  ])
  updates.install()
  expect(calls).toEqual(['look', 'fetch', 'install'])
})

test('what was fetched is not forgotten by looking again', async () => {
  const { updates, calls } = started('2.0.0')
  await updates.look()
  await updates.fetch()
  await updates.look()
  expect(updates.state()).toEqual({ kind: 'ready', version: '2.0.0' })
  expect(calls).toEqual(['look', 'fetch'])
})

test('a failure says why in one line, and can be tried again', async () => {
  const { updates } = started(new Error('404 Not Found\nheaders: …'))
  await updates.look()
  expect(updates.state()).toEqual({ kind: 'failed', why: '404 Not Found' })
  await updates.look()
  expect(updates.state()).toEqual({ kind: 'failed', why: '404 Not Found' })
})

test('a list that is none is told of in words', async () => {
  const emptied = (version: string): UpdateList => ({ ...signedList(version), files: [null] as never })
  const why = 'the list of updates cannot be read: it is not in the form that releases have'
  const { updates } = started('2.0.0', 'app-update.yml', emptied)
  await updates.look()
  expect(updates.state()).toEqual({ kind: 'failed', why })
})

test('an installation that fails is told of', async () => {
  const { updates, fail } = started('2.0.0')
  await updates.look()
  await updates.fetch()
  fail(new Error('dpkg: no'))
  expect(updates.state()).toEqual({ kind: 'failed', why: 'dpkg: no' })
})

test.each<[string, (version: string) => UpdateList]>([
  ['is not signed', (version) => ({ ...signedList(version), signature: undefined })],
  ['is signed by somebody else', (version) => signedList(version, other)],
  ['names another version', (version) => ({ ...signedList('1.5.0'), version })],
  ['names another file', (version) => ({ ...signedList(version), files: [{ url: 'evil.deb', sha512: 'sum' }] })],
  [
    'names another checksum',
    (version) => ({ ...signedList(version), files: [{ url: `Colophon-${version}.deb`, sha512: 'evil' }] }),
  ],
  ['names its file where no signature reaches', (version) => ({ ...signedList(version), files: [] })],
  ['brings packages of its own', (version) => ({ ...signedList(version), packages: { x64: { path: 'evil.7z' } } })],
])('a list of updates that %s is refused, and nothing is fetched', async (_what, list) => {
  const { updates, calls } = started('2.0.0', 'app-update.yml', list)
  await updates.look()
  expect(updates.state()).toMatchObject({ kind: 'failed', why: expect.stringContaining('is not signed') as string })
  await updates.fetch()
  updates.install()
  expect(calls).toEqual(['look'])
})

test('a build without a key takes nothing from anybody', async () => {
  const { updates, calls } = started('2.0.0', 'app-update.yml', signedList, 'missing.pem')
  await updates.look()
  expect(updates.state()).toEqual({ kind: 'impossible' })
  expect(calls).toEqual([])
})

test('a build that does not know where its releases are asks nobody', async () => {
  const { updates, calls } = started('2.0.0', 'missing.yml')
  await updates.look()
  expect(updates.state()).toEqual({ kind: 'impossible' })
  expect(calls).toEqual([])
})

test('an app that was unpacked by hand does not call itself the newest', async () => {
  const { updates } = started(null)
  await updates.look()
  expect(updates.state()).toEqual({ kind: 'impossible' })
})

test('at a start only a newer version is told of', async () => {
  for (const [newest, notices] of [
    ['1.0.0', 0],
    ['2.0.0', 1],
    [new Error('offline'), 0],
  ] as const) {
    const sent: ShellCommand[] = []
    await tellOfUpdate(started(newest).updates, { send: (command) => sent.push(command) })
    expect(sent).toHaveLength(notices)
  }
})
