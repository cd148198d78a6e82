import { createRequire } from 'node:module'
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

/**
 * Gathers the licences of all packages that are part of the app into resources/licences.json, for the About window: the packages
 * that its bundles are built from, those that lie beside them, and Electron, each with all it depends on.
 * `--check` only tells whether the file is up to date.
 */
const root = resolve(import.meta.dirname, '..')
const file = join(root, 'resources', 'licences.json')

/** Bare imports of the sources; what only types are taken from is no part of the app. */
function imports() {
  const names = new Set()
  const folder = join(root, 'src')
  for (const path of readdirSync(folder, { recursive: true })) {
    if (!/\.(ts|vue|css)$/.test(path)) continue
    const text = readFileSync(join(folder, path), 'utf8').replace(/^import type .*$/gm, '')
    for (const [, name] of text.matchAll(
      /(?:from|import|import\()\s*['"](?!node:)((?:@[\w.-]+\/)?[a-zA-Z][\w.-]*)[^'"]*['"]/g,
    ))
      names.add(name)
  }
  return [...names]
}

/** The folder of a package as Node would find it from another; null where an optional one is not installed. */
function folderOf(name, from) {
  for (const base of createRequire(join(from, 'package.json')).resolve.paths(name) ?? []) {
    const folder = join(base, name)
    if (existsSync(join(folder, 'package.json'))) return folder
  }
  return null
}

/** Of a package that is bundled in part, the packages that this part needs: the protocol's servers and clients over HTTP are not in the app. */
const neededBy = { '@modelcontextprotocol/sdk': ['ajv', 'ajv-formats', 'zod'] }

const manifestOf = (folder) => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))

/** Every package that the given ones need, themselves included, by folder. */
function withDependencies(names) {
  const found = new Map()
  const wanted = names.map((name) => ({ name, from: root }))
  for (let next = wanted.pop(); next; next = wanted.pop()) {
    const folder = folderOf(next.name, next.from)
    if (folder === null || found.has(folder)) continue
    const manifest = manifestOf(folder)
    found.set(folder, manifest)
    // Electron's own dependencies only fetch it; types are no part of a program.
    if (manifest.name === 'electron') continue
    for (const name of neededBy[manifest.name] ?? Object.keys(manifest.dependencies ?? {}))
      if (!name.startsWith('@types/')) wanted.push({ name, from: folder })
  }
  return found
}

function licenceText(folder) {
  const name = readdirSync(folder).find((entry) => /^(licen[cs]e|copying)(\.(md|txt)|-mit)?$/i.test(entry))
  return name === undefined ? null : readFileSync(join(folder, name), 'utf8').replace(/\r\n/g, '\n').trim()
}

function licenceName({ license, licenses }) {
  if (typeof license === 'string') return license
  return (
    [license ?? licenses ?? []]
      .flat()
      .map(({ type }) => type)
      .join(' or ') || 'see its text'
  )
}

function gatherLicences() {
  const texts = []
  const found = withDependencies([...imports(), 'electron'])
  // One that is installed twice in the same version is one.
  const unique = new Map(
    [...found].map(([folder, manifest]) => [`${manifest.name} ${manifest.version}`, { folder, manifest }]),
  )
  const packages = [...unique]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, one]) => one)
    .map(({ folder, manifest }) => {
      const text = licenceText(folder)
      if (text !== null && !texts.includes(text)) texts.push(text)
      const { name, version } = manifest
      return { name, version, licence: licenceName(manifest), text: text === null ? null : texts.indexOf(text) }
    })
  return { packages, texts }
}

const text = `${JSON.stringify(gatherLicences(), null, 1)}\n`
if (!process.argv.includes('--check')) writeFileSync(file, text)
else if (readFileSync(file, 'utf8') !== text) {
  console.error('resources/licences.json is not up to date: run `node scripts/licences.mjs`.')
  process.exitCode = 1
}
