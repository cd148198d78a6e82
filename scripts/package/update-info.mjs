import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'

/**
 * The file that installed apps look at for a newer version is written by the packager for what it makes itself: this adds a file to
 * it, or begins it. A list in YAML, of which the updater takes the entry whose name ends like the package it was installed from.
 */
export async function addToUpdates(output, file, version) {
  const path = join(output, `latest-linux${process.arch === 'x64' ? '' : `-${process.arch}`}.yml`)
  const content = readFileSync(file)
  const sha512 = createHash('sha512').update(content).digest('base64')
  const entry = `  - url: ${basename(file)}\n    sha512: ${sha512}\n    size: ${content.length}\n`
  const begun = existsSync(path)
    ? readFileSync(path, 'utf8')
    : `version: ${version}\nfiles:\npath: ${basename(file)}\nsha512: ${sha512}\nreleaseDate: '${new Date().toISOString()}'\n`
  writeFileSync(path, begun.replace(/^files:\n/m, `files:\n${entry}`))
}
