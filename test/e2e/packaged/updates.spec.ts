import { createHash, generateKeyPairSync, sign } from 'node:crypto'
import { once } from 'node:events'
import { rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { updateStatement } from '../../../src/main/update-signature.ts'
import { appFolder, expect, test as base } from './packaged-app.ts'

interface Releases {
  /** Paths that were asked for, in order. */
  readonly asked: string[]
  version: string
  /** Whether the list is signed with the key that the app knows. */
  signed: boolean
}

const { publicKey, privateKey } = generateKeyPairSync('ed25519')

const pkg = Buffer.from('stands for a package')
const resources = join(appFolder, 'resources')
const written = ['app-update.yml', 'package-type', 'update-key.pem'].map((name) => join(resources, name))

/** A place of releases on this machine, which the app is told of as the packager does it. */
const test = base.extend<{ readonly releases: Releases }>({
  releases: async ({ home: _ }, use) => {
    const releases: Releases = { asked: [], version: '99.0.0', signed: true }
    const server = createServer(({ url = '' }, response) => {
      const path = url.split('?')[0] ?? ''
      releases.asked.push(path)
      if (path === '/latest-linux.yml') response.end(updateInfo(releases))
      else if (path.endsWith('.deb')) response.end(pkg)
      else response.writeHead(404).end()
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    const [source = '', type = '', key = ''] = written
    writeFileSync(
      source,
      `provider: generic\nurl: http://127.0.0.1:${String(port)}\nupdaterCacheDirName: colophon-updater\n`,
    )
    writeFileSync(type, 'deb')
    writeFileSync(key, publicKey.export({ type: 'spki', format: 'pem' }))
    await use(releases)
    for (const file of written) rmSync(file, { force: true })
    server.close()
  },
})

function updateInfo({ version, signed }: Releases): string {
  const sha512 = createHash('sha512').update(pkg).digest('base64')
  const name = `Colophon-${version}-linux-x64.deb`
  const signature = sign(null, updateStatement({ version, files: [{ url: name, sha512 }] }), privateKey).toString(
    'base64',
  )
  const signing = signed ? `signature: ${signature}\n` : ''
  return `${signing}version: ${version}\nfiles:\n  - url: ${name}\n    sha512: ${sha512}\n    size: ${String(pkg.length)}\npath: ${name}\nsha512: ${sha512}\nreleaseDate: '2026-01-01T00:00:00.000Z'\n`
}

async function openAbout(page: Page): Promise<void> {
  await page.evaluate(() => (location.hash = '#/settings'))
  await page.getByRole('button', { name: 'About' }).click()
}

test('a newer version is looked for, fetched and installed only when the user says so', async ({
  releases,
  startApp,
}) => {
  const { page } = await startApp()
  await openAbout(page)
  const updates = page.getByRole('region', { name: 'Updates' })
  await expect(updates).toContainText('Nothing is sent over the network until you check.')
  expect(releases.asked).toEqual([])

  await updates.getByRole('button', { name: 'Check for updates' }).click()
  await expect(updates).toContainText('Version 99.0.0 is available.')
  expect(releases.asked).toEqual(['/latest-linux.yml'])

  await updates.getByRole('button', { name: 'Download' }).click()
  await expect(updates).toContainText('Version 99.0.0 is ready.')
  expect(releases.asked).toContain('/Colophon-99.0.0-linux-x64.deb')
  // What would be installed is no package, and nobody presses the button: the test ends here.
  await expect(updates.getByRole('button', { name: 'Restart and install' })).toBeVisible()
})

test('the newest version says so; a place that does not answer is told of, and asked again', async ({
  releases,
  startApp,
}) => {
  releases.version = '0.0.1'
  const { page } = await startApp()
  await openAbout(page)
  const updates = page.getByRole('region', { name: 'Updates' })
  await updates.getByRole('button', { name: 'Check for updates' }).click()
  await expect(updates).toContainText('You have the newest version.')
  releases.version = 'no version'
  await updates.getByRole('button', { name: 'Check for updates' }).click()
  await expect(updates).toContainText('The update failed: ')
  releases.version = '0.0.1'
  await updates.getByRole('button', { name: 'Try again' }).click()
  await expect(updates).toContainText('You have the newest version.')
})

test('a list that is not signed with the key of the app is told of, and nothing of it is fetched', async ({
  releases,
  startApp,
}) => {
  releases.signed = false
  const { page } = await startApp()
  await openAbout(page)
  const updates = page.getByRole('region', { name: 'Updates' })
  await updates.getByRole('button', { name: 'Check for updates' }).click()
  await expect(updates).toContainText("is not signed with this app's key")
  await expect(updates.getByRole('button', { name: 'Download' })).toBeHidden()
  expect(releases.asked).toEqual(['/latest-linux.yml'])
})

test('at a start it looks only where that is switched on', async ({ releases, startApp }) => {
  const first = await startApp()
  await first.page.evaluate(() => (location.hash = '#/settings'))
  const wish = first.page.getByRole('switch', { name: /Look for updates/ })
  await expect(wish).not.toBeChecked()
  await wish.click()
  await expect(wish).toBeChecked()
  const gone = once(first.process, 'exit')
  first.process.kill('SIGTERM')
  await gone
  expect(releases.asked).toEqual([])

  const { page } = await startApp()
  await expect(page.getByText('Colophon 99.0.0 is available')).toBeVisible()
  expect(releases.asked).toEqual(['/latest-linux.yml'])
})
