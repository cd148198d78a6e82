import type { Finding } from '../../../contract/config.ts'
import type { OtlpProtocol, ReceiverAddresses } from '../../../model/config/one-click.ts'
import type { ExporterKey } from '../../../model/config/otel-keys.ts'
import type { TomlTable } from '../../../model/config/toml-value.ts'
import type { ConfigFile } from '../config-file.ts'
import { lineOf } from '../toml/line-of.ts'
import { fixBy } from './finding.ts'
import { exporterWith } from './types.ts'

/** One exporter that a finding is about. */
export interface Subject {
  readonly file: ConfigFile
  readonly values: TomlTable
  readonly receivers: ReceiverAddresses
  readonly key: ExporterKey
  readonly variant: 'otlp-http' | 'otlp-grpc'
  readonly endpoint: string
  /** What a fix that leads here speaks. */
  readonly protocol: OtlpProtocol
}

export function placeOf(
  { file, key, variant }: Subject,
  ...rest: readonly string[]
): Pick<Finding, 'key' | 'file' | 'line'> {
  const path = ['otel', key, variant, ...rest]
  return { key: path.join('.'), file: file.path, line: lineOf(file, path) }
}

export function fixEndpoint({ file, values, receivers, key, variant }: Subject, endpoint: string): Finding['fix'] {
  const change = exporterWith(values, key, [variant, 'endpoint'], endpoint)
  return change === null ? null : fixBy(file, receivers, { changes: [change] })
}

/** This exporter to Colophon, and no other. */
export function fixToReceiver({ file, receivers, key, protocol }: Subject): Finding['fix'] {
  return fixBy(file, receivers, { protocol, only: [key] })
}
