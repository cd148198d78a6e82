import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const script = new URL('../../../scripts/package/update-info.mjs', import.meta.url).href
const { addToUpdates } = (await import(script)) as {
  readonly addToUpdates: (output: string, file: string, version: string) => Promise<void>
}

test('a package is added to the list of updates that the packager has made, or begins one', async () => {
  const output = mkdtempSync(join(tmpdir(), 'colophon-updates-'))
  const name = process.arch === 'x64' ? 'latest-linux.yml' : `latest-linux-${process.arch}.yml`
  try {
    const deb = join(output, 'Colophon-1.0.0-linux-x64.deb')
    writeFileSync(deb, 'package')
    await addToUpdates(output, deb, '1.0.0')
    const begun = readFileSync(join(output, name), 'utf8')
    expect(begun).toMatch(/^version: 1\.0\.0\nfiles:\n {2}- url: Colophon-1\.0\.0-linux-x64\.deb\n/)
    const sha512 = createHash('sha512').update('package').digest('base64')
    expect(begun.split(`sha512: ${sha512}\n`)).toHaveLength(3)
    expect(begun).toContain('    size: 7\n')

    writeFileSync(join(output, name), 'version: 1.0.0\nfiles:\n  - url: x.AppImage\n    size: 1\npath: x.AppImage\n')
    await addToUpdates(output, deb, '1.0.0')
    const added = readFileSync(join(output, name), 'utf8')
    expect(added.match(/^ {2}- url: \S+$/gm)).toEqual(['  - url: Colophon-1.0.0-linux-x64.deb', '  - url: x.AppImage'])
    expect(added).toMatch(/\npath: x\.AppImage\n$/)
  } finally {
    rmSync(output, { recursive: true })
  }
})
