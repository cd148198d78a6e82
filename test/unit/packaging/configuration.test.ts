import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'

const root = resolve(import.meta.dirname, '../../..')
const build = join(root, 'resources', 'build')
const require = createRequire(import.meta.url)

interface Config {
  readonly files: readonly string[]
  readonly mac: { readonly entitlements: string }
  readonly publish: unknown
}

async function config(repository?: string): Promise<Config> {
  const before = process.env.GITHUB_REPOSITORY
  if (repository === undefined) delete process.env.GITHUB_REPOSITORY
  else process.env.GITHUB_REPOSITORY = repository
  const module = `${join(root, 'electron-builder.config.mjs')}?${repository ?? ''}`
  const loaded = (await import(module)) as { default: Config }
  if (before !== undefined) process.env.GITHUB_REPOSITORY = before
  return loaded.default
}

/** The packager's own schema, for all platforms at once: what it would refuse on another system it refuses here. */
const { validateConfiguration } = require('app-builder-lib/out/util/config/config.js') as {
  readonly validateConfiguration: (config: unknown, debug: { readonly add: () => void }) => Promise<void>
}

describe('the configuration of the packager', () => {
  it('is valid for every platform, with and without a place to publish', async () => {
    for (const repository of [undefined, 'owner/name'])
      await expect(validateConfiguration(await config(repository), { add: () => undefined })).resolves.toBeUndefined()
  })

  it('refuses what the schema does not know', async () => {
    const wrong = { ...(await config()), mac: { target: ['dmg'], nonsense: true } }
    await expect(validateConfiguration(wrong, { add: () => undefined })).rejects.toThrow('configuration.mac')
  })

  it('publishes where the build server says that it is', async () => {
    expect((await config()).publish).toBe(null)
    expect((await config('owner/name')).publish).toMatchObject([{ provider: 'github', owner: 'owner', repo: 'name' }])
  })

  it('packs every package that the bundles do not hold, with the native code of every platform', async () => {
    const { files } = await config()
    const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
      dependencies: Record<string, string>
    }
    for (const name of Object.keys(dependencies)) expect(files).toContain(`node_modules/${name}/package.json`)
    const native = files.find((pattern) => pattern.endsWith('.node')) ?? ''
    for (const [platform, arch] of [
      ['linux', 'x64'],
      ['linux', 'arm64'],
      ['darwin', 'x64'],
      ['darwin', 'arm64'],
      ['win32', 'x64'],
    ] as const)
      expect(existsSync(join(root, native.replace('${platform}', platform).replace('${arch}', arch)))).toBe(true)
  })
})

describe('the icons', () => {
  const png = Buffer.from('89504e470d0a1a0a', 'hex')
  /** Width and height stand in the first chunk of a PNG. */
  const sideOf = (picture: Buffer): number => {
    expect(picture.subarray(0, 8).equals(png)).toBe(true)
    expect(picture.readUInt32BE(20)).toBe(picture.readUInt32BE(16))
    return picture.readUInt32BE(16)
  }

  it('of Linux have the size of their names', () => {
    for (const side of [16, 24, 32, 48, 64, 128, 256, 512])
      expect(sideOf(readFileSync(join(build, 'icons', `${side}x${side}.png`)))).toBe(side)
  })

  it('of Windows hold every size up to 256', () => {
    const ico = readFileSync(join(build, 'icon.ico'))
    const sides = Array.from({ length: ico.readUInt16LE(4) }, (_, index) => {
      const at = 6 + 16 * index
      const [length, offset] = [ico.readUInt32LE(at + 8), ico.readUInt32LE(at + 12)]
      const side = sideOf(ico.subarray(offset, offset + length))
      expect(ico.readUInt8(at)).toBe(side % 256)
      return side
    })
    expect(sides).toEqual([16, 24, 32, 48, 64, 128, 256])
  })

  it('of macOS hold every size up to 1024', () => {
    const icns = readFileSync(join(build, 'icon.icns'))
    expect(icns.toString('ascii', 0, 4)).toBe('icns')
    expect(icns.readUInt32BE(4)).toBe(icns.length)
    const sides = new Set<number>()
    for (let at = 8; at < icns.length; at += icns.readUInt32BE(at + 4))
      sides.add(sideOf(icns.subarray(at + 8, at + icns.readUInt32BE(at + 4))))
    expect([...sides].sort((a, b) => a - b)).toEqual([16, 32, 64, 128, 256, 512, 1024])
  })
})
