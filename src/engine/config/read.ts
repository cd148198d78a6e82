import type { ConfigDrafted, ConfigProblem, ConfigRead, DoctorResult } from '../../contract/config.ts'
import { checkOtel } from '../../model/config/check-otel.ts'
import { commandLineFlags } from '../../model/config/flags.ts'
import { toJson } from '../../model/config/json-value.ts'
import { effectiveValues, type ConfigLayer } from '../../model/config/layers.ts'
import { maskValue } from '../../model/config/mask.ts'
import { isOtelKey } from '../../model/config/otel-keys.ts'
import { keyText, valueText } from '../../model/config/toml-text.ts'
import { isTable, valueAt } from '../../model/config/toml-value.ts'
import { decode, type ConfigFile } from './config-file.ts'
import { lineIn } from './toml/line-of.ts'
import { readToml } from './toml/read-toml.ts'

/** What a text says, for a person to see: it may be broken. */
export function describeText(text: string): Pick<ConfigRead, 'text' | 'problems' | 'values'> {
  const read = readToml(text)
  if (!read.ok) return { text, problems: [read.problem], values: {} }
  const otel = valueAt(read.values, ['otel'])
  const known = isTable(otel) ? [...otel].filter(([key]) => isOtelKey(key)) : []
  return {
    text,
    problems: [],
    values: Object.fromEntries(known.map(([key, value]) => [key, toJson(value)])),
  }
}

/** The same for a text that is being edited, with what Codex would not take of it. */
export function describeDraft(text: string): ConfigDrafted {
  const said = describeText(text)
  const read = readToml(text)
  const otel = read.ok ? valueAt(read.values, ['otel']) : undefined
  const values = isTable(otel) ? [...otel].filter(([key]) => isOtelKey(key)) : []
  return {
    ...said,
    faults: (otel === undefined ? [] : checkOtel(otel)).map(({ kind, path, message }) => ({
      key: keyText(path),
      message,
      line: lineIn(text, path),
      fatal: kind !== 'unknown_key',
    })),
    flags: commandLineFlags(values.map(([key, value]) => ({ path: ['otel', key], value }))),
  }
}

export function describeFile(
  file: ConfigFile,
  layers: readonly ConfigLayer[],
): Omit<ConfigRead, 'undoable' | 'agentServer'> {
  const { path, target, bytes, obstacle, fingerprint } = file
  const decoded = decode(bytes)
  const said = 'text' in decoded ? describeText(decoded.text) : notText(decoded)
  // Codex does not start with a broken file, nor where `otel` is no table: then nothing holds.
  const own = layers.find(({ kind }) => kind === 'user')?.values.get('otel')
  const starts = said.problems.length === 0 && (own === undefined || isTable(own))
  const effective = starts ? describeLayers(layers) : []
  return { path, target, exists: bytes !== null, obstacle, fingerprint, ...said, effective }
}

export function describeLayers(layers: readonly ConfigLayer[]): DoctorResult['effective'] {
  return effectiveValues(layers).map(({ key, value, layer, file }) => ({
    key,
    value: value === undefined ? null : valueText(maskValue(['otel', key], value)),
    layer,
    file,
  }))
}

function notText(problem: ConfigProblem): Pick<ConfigRead, 'text' | 'problems' | 'values'> {
  return { text: '', problems: [problem], values: {} }
}
