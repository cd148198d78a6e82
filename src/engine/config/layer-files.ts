import { readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { ConfigLayer } from '../../model/config/layers.ts'
import { isTable, type TomlTable } from '../../model/config/toml-value.ts'
import { ProcedureError } from '../../contract/result.ts'
import { decode, readConfigFile } from './config-file.ts'
import type { FileSystem } from './file-system.ts'
import { readToml } from './toml/read-toml.ts'

/** Where an administrator's files lie; Codex has these paths built in. */
export function defaultSystemDir(platform: NodeJS.Platform = process.platform, environment = process.env): string {
  if (platform === 'win32') return join(environment.ProgramData ?? 'C:\\ProgramData', 'OpenAI', 'Codex')
  return '/etc/codex'
}

/**
 * The files that Codex 0.169.0 stacks for every run, the weakest first; 0.171.0 has the same built in. Requirements beat everything; the
 * legacy managed file beats the user's. A file that does not parse or may not be read says nothing here.
 */
export function readLayers(path: string, systemDir: string, fs: FileSystem): readonly ConfigLayer[] {
  const files = [
    ['system', join(systemDir, 'config.toml')],
    ['user', path],
    ['managed', join(systemDir, 'managed_config.toml')],
    ['requirements', join(systemDir, 'requirements.toml')],
  ] as const
  return files.flatMap(([kind, file]) => {
    const values = valuesOf(file, fs)
    return values === null ? [] : [{ kind, file, values }]
  })
}

/** `NAME.config.toml` beside config.toml: laid over it by `codex --profile NAME`. Only those with an `[otel]`. */
export function profilesWithOtel(path: string, fs: FileSystem): readonly ConfigProfile[] {
  const folder = dirname(path)
  return filesOf(folder)
    .filter((name) => name.endsWith(suffix) && name.length > suffix.length)
    .sort()
    .flatMap((name) => {
      const file = join(folder, name)
      const otel = valuesOf(file, fs)?.get('otel')
      return isTable(otel) && otel.size > 0
        ? [{ name: name.slice(0, -suffix.length), file, keys: [...otel.keys()] }]
        : []
    })
}

export interface ConfigProfile {
  readonly name: string
  readonly file: string
  readonly keys: readonly string[]
}

const suffix = '.config.toml'

function filesOf(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

export function valuesOf(path: string, fs: FileSystem): TomlTable | null {
  try {
    const { bytes } = readConfigFile(path, fs)
    const decoded = decode(bytes)
    if (bytes === null || !('text' in decoded)) return null
    const read = readToml(decoded.text)
    return read.ok ? read.values : null
  } catch (error) {
    if (error instanceof ProcedureError) return null
    throw error
  }
}
