import type { ConfigRequest, Finding } from '../../../contract/config.ts'
import { checkOtel, type OtelFault } from '../../../model/config/check-otel.ts'
import { toJson } from '../../../model/config/json-value.ts'
import { exporterValue, type ReceiverAddresses } from '../../../model/config/one-click.ts'
import { isExporterKey, isOtelKey, type OtelKey } from '../../../model/config/otel-keys.ts'
import { keyText } from '../../../model/config/toml-text.ts'
import { isTable, valueAt, withValue, type TomlTable } from '../../../model/config/toml-value.ts'
import type { ConfigFile } from '../config-file.ts'
import { lineOf } from '../toml/line-of.ts'
import { finding, fixBy } from './finding.ts'

/** What keeps Codex from starting, and keys that it does not know. */
export function typeFindings(file: ConfigFile, values: TomlTable, receivers: ReceiverAddresses): readonly Finding[] {
  const otel = values.get('otel')
  if (otel === undefined) return []
  return checkOtel(otel).map((fault) => {
    const isIgnored = fault.kind === 'unknown_key'
    const change = mendingChange(values, fault, receivers)
    return finding({
      code: fault.kind,
      severity: isIgnored ? 'warning' : 'error',
      message: `${keyText(fault.path)}: ${fault.message}`,
      advice: isIgnored ? 'Remove it, or correct its name.' : 'Codex does not start until this is corrected.',
      key: keyText(fault.path),
      file: file.path,
      line: lineOf(file, fault.path),
      fix: change === null ? null : fixBy(file, receivers, { changes: [change] }),
    })
  })
}

/** The smallest change that lets Codex start: a protocol added; an exporter of no known kind to the receiver; else the key out. */
function mendingChange(
  values: TomlTable,
  { kind, path }: OtelFault,
  receivers: ReceiverAddresses,
): ConfigRequest['changes'][number] | null {
  const key = path[1]
  if (key === undefined || !isOtelKey(key)) return null
  if (kind === 'missing_protocol') return exporterWith(values, key, [...path.slice(2), 'protocol'], 'binary')
  if (kind === 'unknown_variant' && path.at(-1) === 'protocol')
    return exporterWith(values, key, path.slice(2), 'binary')
  if (!isExporterKey(key)) return { key, value: null }
  const value = exporterValue(key, 'http', receivers) ?? exporterValue(key, 'grpc', receivers)
  return { key, value: value === null ? null : toJson(value) }
}

export function exporterWith(
  values: TomlTable,
  key: OtelKey,
  path: readonly string[],
  value: string,
): ConfigRequest['changes'][number] | null {
  const exporter = valueAt(values, ['otel', key])
  return isTable(exporter) ? { key, value: toJson(withValue(exporter, path, value)) } : null
}
