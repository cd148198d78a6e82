import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'

const version = '20.0.24'
const folder = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'colophon-bench', `ccusage-${version}`)

/** How long ccusage, native code, takes over the session files of a home, to stand beside; null where it cannot be had. */
export function ccusageSeconds(home: string): number | null {
  const program = install()
  if (program === null) {
    console.warn('NOT MEASURED: ccusage cannot be had here')
    return null
  }
  const begun = performance.now()
  const { status, stderr } = spawnSync(program, ['codex', 'daily', '--json', '--offline'], {
    env: { ...process.env, CODEX_HOME: home },
    maxBuffer: 1 << 28,
  })
  if (status === 0) return (performance.now() - begun) / 1000
  console.warn('NOT MEASURED: ccusage ended with', status, String(stderr))
  return null
}

/** For the benchmark alone, beside nothing of the project's own. */
function install(): string | null {
  const program = join(folder, 'node_modules', '.bin', 'ccusage')
  if (existsSync(program)) return program
  mkdirSync(folder, { recursive: true })
  const packages = [`ccusage@${version}`]
  if (process.platform === 'linux' && process.arch === 'x64') packages.push(`@ccusage/ccusage-linux-x64@${version}`)
  spawnSync('npm', ['install', '--prefix', folder, '--no-audit', '--no-fund', '--ignore-scripts', ...packages])
  return existsSync(program) ? program : null
}
