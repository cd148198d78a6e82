import { existsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import type { Finding } from '../../../contract/config.ts'
import { effectiveValues, type ConfigLayer } from '../../../model/config/layers.ts'
import { maskValue } from '../../../model/config/mask.ts'
import { valueText } from '../../../model/config/toml-text.ts'
import { isTable, valueAt } from '../../../model/config/toml-value.ts'
import { homeFolder } from '../../home-folder.ts'
import { statOf, type FileSystem } from '../file-system.ts'
import { profilesWithOtel, valuesOf } from '../layer-files.ts'
import { environmentFindings } from './environment.ts'
import type { Examination } from './examination.ts'
import { finding } from './finding.ts'

/** What acts on telemetry from outside the user's own file. Colophon writes to none of it, so none has a fix. */
export function outsideFindings(examination: Examination, layers: readonly ConfigLayer[]): readonly Finding[] {
  const { path, project, fs, environment } = examination
  return [
    ...missingHome(path, environment, fs),
    ...overridden(layers, path),
    ...profiles(path, fs),
    ...(project === undefined ? [] : projectFindings(project, path, fs)),
    ...environmentFindings(environment),
  ]
}

/** Codex makes `~/.codex` itself, and no folder that CODEX_HOME names. */
function missingHome(path: string, environment: NodeJS.ProcessEnv, fs: FileSystem): readonly Finding[] {
  const home = dirname(path)
  const named = environment.CODEX_HOME
  const isNamed = Boolean(named) && resolve(named ?? '') === home
  if (!isNamed && home === join(homeFolder(), '.codex')) return []
  const stat = statOf(home, fs)
  if (stat?.isDirectory() === true) return []
  const fault = stat === undefined ? 'does not exist' : 'is not a folder'
  const make = stat === undefined ? 'Create the folder (mkdir -p), or' : 'Name a folder, or'
  const of = { code: 'codex_home', severity: 'error', file: path } as const
  return [
    isNamed
      ? finding({
          ...of,
          message: `CODEX_HOME is ${named ?? ''}, which ${fault}: Codex does not start`,
          advice: `${make} unset CODEX_HOME.`,
          key: 'CODEX_HOME',
        })
      : finding({
          ...of,
          message: `${home} ${fault}: Codex does not start with it as CODEX_HOME`,
          advice: stat === undefined ? `${make} name another one.` : 'Name a folder.',
        }),
  ]
}

function overridden(layers: readonly ConfigLayer[], path: string): readonly Finding[] {
  const own = layers.find(({ kind }) => kind === 'user')?.values ?? new Map()
  return effectiveValues(layers).flatMap(({ key, value, layer, file }) => {
    if ((layer !== 'managed' && layer !== 'requirements') || file === null || value === undefined) return []
    const wanted = valueAt(own, ['otel', key])
    return finding({
      code: 'overridden',
      severity: 'warning',
      message: `otel.${key} is ${valueText(maskValue(['otel', key], value))}, set by ${file}${wanted === undefined ? '' : `: what ${path} says is ignored`}`,
      advice: 'An administrator of this machine can change it.',
      key: `otel.${key}`,
      file,
    })
  })
}

function profiles(path: string, fs: FileSystem): readonly Finding[] {
  return profilesWithOtel(path, fs).map(({ name, file, keys }) =>
    finding({
      code: 'profile_otel',
      severity: 'warning',
      message: `codex --profile ${name} sets ${keys.map((key) => `otel.${key}`).join(', ')} over config.toml`,
      advice: `Remove [otel] from ${file}, unless that is what you want.`,
      file,
    }),
  )
}

/** Codex reads `.codex/config.toml` from the repository's root down to where it runs. */
function projectFindings(project: string, ownPath: string, fs: FileSystem): readonly Finding[] {
  const findings: Finding[] = []
  for (let folder = project; ; folder = dirname(folder)) {
    const file = join(folder, '.codex', 'config.toml')
    const otel = file === ownPath ? undefined : valuesOf(file, fs)?.get('otel')
    if (isTable(otel))
      findings.push(
        finding({
          code: 'project_otel',
          severity: 'warning',
          message: `${file} has an [otel]: Codex ignores it in a project`,
          advice: `Move it to ${ownPath}.`,
          key: 'otel',
          file,
        }),
      )
    if (existsSync(join(folder, '.git')) || dirname(folder) === folder) return findings
  }
}
