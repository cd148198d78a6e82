import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { inProject, nodeBinary, root, runNode, runNpm, say } from './run.mjs'

/** Installs the dependencies, unless those in place are the lock file's already. */
export function ensureInstalled() {
  const reason = whyInstall()
  if (reason !== null) {
    say(`Installing the dependencies: ${reason}.`)
    if (runNpm('ci', '--loglevel', 'warn') !== 0) fail('`npm ci` failed; its messages are above.')
  }
  // Where install scripts are switched off, the package `node` comes without its binary.
  if (!existsSync(nodeBinary)) runNpm('rebuild', 'node', '--loglevel', 'warn')
  if (runNode(['--version'], { stdio: 'ignore' }) !== 0) {
    fail(`The project's own Node is missing or does not run: ${nodeBinary}`)
  }
}

function whyInstall() {
  const locked = readPackages(inProject('package-lock.json'))
  const installed = readPackages(inProject('node_modules', '.package-lock.json'))
  if (locked === null) fail('package-lock.json cannot be read.')
  if (installed === null) return 'nothing is installed yet'
  for (const [path, wanted] of Object.entries(locked)) {
    if (path === '') continue
    const found = installed[path]
    // An optional package is left out where it does not fit the platform.
    if (found === undefined && wanted.optional === true) continue
    if (found?.version !== wanted.version) return `${path} is not ${wanted.version}`
    if (!fits(wanted.os, process.platform) || !fits(wanted.cpu, process.arch)) return `${path} is for another platform`
    if (!existsSync(inProject(path, 'package.json'))) return `${path} is gone`
  }
  return null
}

function readPackages(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages
  } catch {
    return null
  }
}

function fits(list, own) {
  return (
    list === undefined || (list.some((name) => !name.startsWith('!')) ? list.includes(own) : !list.includes(`!${own}`))
  )
}

const sources = ['src', 'protos', 'package.json', 'package-lock.json', 'electron.vite.config.ts', 'tsconfig.base.json']
const outputs = ['out/main/index.js', 'out/main/cli.js', 'out/preload/index.cjs', 'out/renderer/index.html']

/** Builds, unless `out/` was built from exactly these sources. */
export function ensureBuilt() {
  const stamp = inProject('out', 'sources.sha256')
  const digest = digestOf(sources)
  const isCurrent = outputs.every((path) => existsSync(inProject(path))) && existsSync(stamp)
  if (isCurrent && readFileSync(stamp, 'utf8') === digest) return
  say('Building.')
  const builder = inProject('node_modules', 'electron-vite', 'bin', 'electron-vite.js')
  if (runNode([builder, 'build', '--logLevel', 'warn']) !== 0) fail('The build failed; its messages are above.')
  mkdirSync(inProject('out'), { recursive: true })
  writeFileSync(stamp, digest)
}

function digestOf(paths) {
  const hash = createHash('sha256')
  for (const path of paths.flatMap(filesBelow)) {
    hash.update(`${path}\0`).update(
      createHash('sha256')
        .update(readFileSync(join(root, path)))
        .digest(),
    )
  }
  return hash.digest('hex')
}

function filesBelow(path) {
  try {
    const entries = readdirSync(join(root, path), { withFileTypes: true })
    return entries.flatMap((entry) => filesBelow(`${path}/${entry.name}`)).sort()
  } catch (error) {
    if (error.code === 'ENOTDIR') return [path]
    throw error
  }
}

/** Ends the process with one clear line. */
export function fail(message) {
  say(`colophon: ${message}`)
  process.exit(1)
}
