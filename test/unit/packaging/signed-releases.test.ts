import { execFileSync } from 'node:child_process'
import { createHash, generateKeyPairSync, verify } from 'node:crypto'
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { nodeCommand } from '../../node-command.ts'
import { checkUpdateList, type UpdateList } from '../../../src/main/update-signature.ts'

const root = resolve(import.meta.dirname, '../../..')
const script = join(root, 'scripts', 'package', 'sign-updates.mjs')
const { signUpdates } = (await import(script)) as {
  readonly signUpdates: (folder: string, privatePem: string, publicPem: string) => readonly string[]
}
const { parseUpdateInfo } = createRequire(import.meta.url)('electron-updater/out/providers/Provider.js') as {
  readonly parseUpdateInfo: (text: string, file: string, url: string) => UpdateList
}

function pair() {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  return {
    publicPem: publicKey.export({ type: 'spki', format: 'pem' }) as string,
    privatePem: privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
  }
}

/** As a build leaves it. */
function release(): string {
  const folder = mkdtempSync(join(tmpdir(), 'colophon-release-'))
  onTestFinished(() => {
    rmSync(folder, { recursive: true })
  })
  const sha512 = createHash('sha512').update('package').digest('base64')
  for (const os of ['linux', 'mac'])
    writeFileSync(
      join(folder, `latest-${os}.yml`),
      `version: 1.0.0\nfiles:\n  - url: a.${os}\n    sha512: ${sha512}\n    size: 7\npath: a.${os}\nsha512: ${sha512}\n`,
    )
  writeFileSync(join(folder, 'SHA256SUMS'), 'sums\n')
  return folder
}

test('each list of updates is signed so that the app takes it, and the checksums so that people can check them', () => {
  const folder = release()
  const { privatePem, publicPem } = pair()
  expect(signUpdates(folder, privatePem, publicPem)).toEqual(['latest-linux.yml', 'latest-mac.yml'])
  for (const name of ['latest-linux.yml', 'latest-mac.yml']) {
    const text = readFileSync(join(folder, name), 'utf8')
    checkUpdateList(parseUpdateInfo(text, name, name), publicPem)
    const changed = parseUpdateInfo(text.replaceAll('url: a', 'url: b'), name, name)
    expect(() => {
      checkUpdateList(changed, publicPem)
    }).toThrow('is not signed')
  }
  const signature = readFileSync(join(folder, 'SHA256SUMS.sig'))
  expect(verify(null, Buffer.from('sums\n'), publicPem, signature)).toBe(true)
})

test('a key that the app does not know signs nothing', () => {
  const folder = release()
  expect(() => signUpdates(folder, pair().privatePem, pair().publicPem)).toThrow('not the one')
  expect(readFileSync(join(folder, 'latest-linux.yml'), 'utf8')).not.toContain('signature')
})

test('without a key the release ends with a failure', () => {
  const run = () =>
    execFileSync(...nodeCommand(script, release()), {
      env: { ...process.env, COLOPHON_UPDATE_KEY: '' },
      stdio: 'pipe',
    })
  expect(run).toThrow('what is not signed is not published')
})

const workflows = join(root, '.github', 'workflows')
const texts = readdirSync(workflows).map((name) => readFileSync(join(workflows, name), 'utf8'))

test('a workflow runs only what a commit names: a tag can be moved', () => {
  const used = texts.flatMap((text) => [...text.matchAll(/uses: (?!\.\/)(.*)/g)].map((match) => match[1] ?? ''))
  expect(used.length).toBeGreaterThan(3)
  for (const action of used) expect(action).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/)
})

test('a release is signed before it is published', () => {
  const release = texts.find((text) => text.includes('gh release create')) ?? ''
  const [sign, publish] = ['sign-updates.mjs', 'gh release create'].map((step) => release.indexOf(step))
  expect(sign).toBeGreaterThan(0)
  expect(sign).toBeLessThan(publish ?? 0)
})
