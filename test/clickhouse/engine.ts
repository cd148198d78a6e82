import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'

interface Pinned {
  readonly version: string
  readonly integrity: string
  readonly needs?: readonly string[]
}

/** ClickHouse 26.7 as a shared library (Linux x64), and what calls it from Node. No entries of package.json: half a gigabyte. */
const packages: Readonly<Record<string, Pinned>> = {
  '@chdb/lib-linux-x64-gnu': {
    version: '26.7.3-stable.1',
    integrity: 'sha512-XP97mMqnc5tZpKQywR8N7cLTsHNiTmHr30pC5mzo3jWmukjKn2IBa60c2B/gWUNcuFjOMjWoorQICCqBVj5wpw==',
  },
  'ffi-rs': {
    version: '1.3.7',
    integrity: 'sha512-5MMZQS2t/6f/ec3sx0f51gBcKGZPGfolPAW04lvLOSYnr7gmOKs8YzH1Rh+34WGO+VtcgcTuxaUUoJLcR4Tirg==',
    needs: ['@yuuang/ffi-rs-linux-x64-gnu'],
  },
  '@yuuang/ffi-rs-linux-x64-gnu': {
    version: '1.3.7',
    integrity: 'sha512-upEz1Q98T51x2In872fsjgHCJbE3e8r9JxhJD+5NvSMk6BpieYWRodTbsMxV6oKWmfl12loKwF2j4OBSWKl0lA==',
  },
}

export interface Engine {
  readonly library: string
  readonly ffi: string
}

/** Fetched by version and hash into a cache the first time; null, and a word to whoever watches, where it cannot be had. */
export function findEngine(): Engine | null {
  const reason = process.platform === 'linux' && process.arch === 'x64' ? null : 'it is packaged for Linux on x64 alone'
  try {
    if (reason !== null) throw new Error(reason)
    const modules = join(installed(), 'node_modules')
    const library = join(modules, '@chdb', 'lib-linux-x64-gnu', 'libchdb.so')
    if (!existsSync(library)) throw new Error(`${library} is missing`)
    return { library, ffi: join(modules, 'ffi-rs') }
  } catch (error) {
    console.warn(`\n!!! SKIPPED: a team's store was not tested: no ClickHouse: ${String(error)} !!!\n`)
    return null
  }
}

function installed(): string {
  const cache = process.env.COLOPHON_TEST_CLICKHOUSE ?? join(homedir(), '.cache', 'colophon-test-clickhouse')
  const folder = join(
    cache,
    Object.values(packages)
      .map(({ version }) => version)
      .join('_'),
  )
  if (existsSync(join(folder, 'node_modules'))) return folder
  mkdirSync(cache, { recursive: true })
  const fresh = mkdtempSync(join(cache, 'installing-'))
  try {
    writeFileSync(join(fresh, 'package.json'), JSON.stringify(rootOf(packages)))
    writeFileSync(join(fresh, 'package-lock.json'), JSON.stringify(lockOf(packages)))
    const npm = spawnSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
      cwd: fresh,
      encoding: 'utf8',
    })
    if (npm.status !== 0) throw new Error(`npm ci failed: ${npm.error?.message ?? npm.stderr.trim()}`)
    renameSync(fresh, folder)
  } catch (error) {
    // Another process may have been first.
    if (!existsSync(join(folder, 'node_modules'))) throw error
  } finally {
    rmSync(fresh, { recursive: true, force: true })
  }
  return folder
}

function rootOf(pinned: Readonly<Record<string, Pinned>>): object {
  return {
    name: 'colophon-test-clickhouse',
    private: true,
    dependencies: Object.fromEntries(Object.entries(pinned).map(([name, { version }]) => [name, version])),
  }
}

function lockOf(pinned: Readonly<Record<string, Pinned>>): object {
  const entries = Object.entries(pinned).map(([name, { version, integrity, needs = [] }]) => [
    `node_modules/${name}`,
    { version, integrity, optionalDependencies: Object.fromEntries(needs.map((other) => [other, version])) },
  ])
  return {
    name: 'colophon-test-clickhouse',
    lockfileVersion: 3,
    packages: { '': rootOf(pinned), ...(Object.fromEntries(entries) as object) },
  }
}
