import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, chownSync, copyFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, test } from '@playwright/test'
import { loadCapture } from '../../captures.ts'
import { drivenFrom } from '../packaged/debugging-address.ts'

const dist = resolve(import.meta.dirname, '../../../dist')
/** Of Debian and all that descends from it; has no home and no rights. */
const person = 'nobody'

const deb = (): string => {
  const [name] = readdirSync(dist).filter((file) => file.endsWith('.deb'))
  if (name === undefined) throw new Error('there is no .deb in dist/: npm run dist -- deb')
  return join(dist, name)
}
const apt = (...args: string[]): void => {
  execFileSync('apt-get', ['-yq', '--no-install-recommends', ...args], {
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    stdio: 'pipe',
  })
}

const isInstalled = (): boolean => spawnSync('dpkg', ['-s', 'colophon']).status === 0

test.beforeAll(() => {
  apt('install', deb())
})
test.afterAll(() => {
  if (isInstalled()) apt('remove', 'colophon')
})

test('it brings a command, an entry for the menu, icons and the handler of links', () => {
  const version = execFileSync('colophon', ['--version']).toString().trim()
  expect(deb()).toContain(`Colophon-${version}-`)
  const files = execFileSync('dpkg', ['-L', 'colophon']).toString().split('\n')
  const entry = '/usr/share/applications/app.colophon.Colophon.desktop'
  for (const file of [
    entry,
    '/usr/share/metainfo/app.colophon.Colophon.metainfo.xml',
    '/usr/share/icons/hicolor/256x256/apps/app.colophon.Colophon.png',
    '/usr/share/doc/colophon/copyright',
    '/usr/share/man/man1/colophon.1.gz',
    '/usr/share/bash-completion/completions/colophon',
  ])
    expect(files).toContain(file)
  expect(readFileSync(entry, 'utf8')).toContain('MimeType=x-scheme-handler/colophon;')
  // Every library that the program is linked with is there.
  expect(execFileSync('ldd', ['/opt/Colophon/colophon']).toString()).not.toContain('not found')
})

test('a person without rights starts it, in its sandbox, receives a session and sees it', async () => {
  const home = mkdtempSync(join(tmpdir(), 'colophon-installed-'))
  const [uid, gid] = ['-u', '-g'].map((flag) => Number(execFileSync('id', [flag, person])))
  chownSync(home, uid ?? 0, gid ?? 0)
  const xauthority = join(home, 'xauthority')
  if (process.env.XAUTHORITY !== undefined) {
    copyFileSync(process.env.XAUTHORITY, xauthority)
    chmodSync(xauthority, 0o644)
  }
  const env = {
    PATH: process.env.PATH,
    DISPLAY: process.env.DISPLAY,
    HOME: home,
    XAUTHORITY: xauthority,
    CODEX_HOME: home,
  }
  const args = ['--remote-debugging-port=0', '--otlp-grpc-port', '0', '--otlp-http-port', '0']
  const app = spawn('colophon', args, { env, uid, gid, cwd: home, stdio: ['ignore', 'ignore', 'pipe'], detached: true })
  const gone = once(app, 'exit')
  try {
    const browser = await drivenFrom(app)
    const page = browser.contexts()[0]?.pages()[0] ?? (await browser.contexts()[0]?.waitForEvent('page'))
    if (page === undefined) throw new Error('there is no page')
    await expect(page.getByRole('heading', { name: 'See how your Codex sessions were made' })).toBeVisible()
    expect(sandboxOfRenderers()).toEqual([{ hasSeccomp: true, saysNoSandbox: false }])

    const address =
      (await page
        .getByText(/^127\.0\.0\.1:\d+$/)
        .first()
        .textContent()) ?? ''
    for (const { signal, bytes } of loadCapture('02_classic').bodies) {
      const headers = { 'content-type': 'application/x-protobuf' }
      expect((await fetch(`http://${address}/v1/${signal}`, { method: 'POST', headers, body: bytes })).status).toBe(200)
    }
    await expect(page.getByRole('heading', { name: 'SCN:classic run several tools' })).toBeVisible()
    // Nobody else can read what it keeps.
    const modes = spawnSync('find', [home, '-name', '*.db*', '-perm', '/077']).stdout.toString()
    expect(modes).toBe('')
    expect(readdirSync(join(home, '.local', 'share', 'colophon'))).toContain('colophon.db')
  } finally {
    if (app.pid !== undefined && app.exitCode === null) process.kill(-app.pid, 'SIGTERM')
    await gone
    rmSync(home, { recursive: true })
  }
})

/** Of the processes of the installed app that show a page: whether the kernel filters their calls, and what they were started with. */
function sandboxOfRenderers() {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8')
        if (!command.startsWith('/opt/Colophon/colophon') || !command.includes('--type=renderer')) return []
        const status = readFileSync(`/proc/${pid}/status`, 'utf8')
        return [{ hasSeccomp: /^Seccomp:\s*2$/m.test(status), saysNoSandbox: command.includes('--no-sandbox') }]
      } catch {
        // It has ended meanwhile.
        return []
      }
    })
}

test('removing it leaves nothing but what people made with it', () => {
  apt('remove', 'colophon')
  expect(existsSync('/opt/Colophon')).toBe(false)
  expect(existsSync('/usr/bin/colophon')).toBe(false)
  expect(isInstalled()).toBe(false)
})
