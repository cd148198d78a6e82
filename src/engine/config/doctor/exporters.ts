import type { Finding } from '../../../contract/config.ts'
import { destinationOf } from '../../../model/config/check-otel.ts'
import type { OtlpProtocol } from '../../../model/config/one-click.ts'
import { exporterKeys, signalOfExporter, type ExporterKey } from '../../../model/config/otel-keys.ts'
import { isTable, valueAt, type TomlTable } from '../../../model/config/toml-value.ts'
import type { ConfigFile } from '../config-file.ts'
import { lineOf } from '../toml/line-of.ts'
import { askTarget } from './ask-target.ts'
import { targetOf, type Target } from './deliver/target.ts'
import { endpointFault } from './endpoint-fault.ts'
import type { Examination } from './examination.ts'
import { finding, fixBy } from './finding.ts'
import { headerFindings } from './header-findings.ts'
import { proxyFindings } from './proxies.ts'
import { tlsFault } from './tls-fault.ts'

/** Where each signal goes, and what came back from there for an export without records. */
export async function exporterFindings(
  file: ConfigFile,
  values: TomlTable,
  examination: Examination,
): Promise<readonly Finding[]> {
  const { receivers, environment } = examination
  const protocol = protocolInUse(values, examination)
  const found: Finding[] = []
  const targets: Target[] = []
  for (const key of exporterKeys) {
    const exporter = valueAt(values, ['otel', key])
    const destination = destinationOf(key, exporter)
    const settings = isTable(exporter) && destination !== null ? exporter.get(destination.variant) : undefined
    if (destination === null || !isTable(settings)) continue
    const { variant, endpoint } = destination
    const subject = { file, values, receivers, key, variant, endpoint, protocol }
    const read = endpointFault(subject)
    if ('code' in read) found.push(read)
    else {
      const target = targetOf(key, variant, read.url, settings, { configPath: file.path, environment })
      const fault = tlsFault(subject, target)
      found.push(...headerFindings(subject, target))
      if (fault === null) targets.push(target)
      else found.push(fault)
    }
  }
  const answers = await Promise.all(
    targets.map((target) => askTarget(file, values, target, { ...examination, protocol })),
  )
  const proxies = proxyFindings(targets, environment)
  return [...unsetFindings(file, values, examination, protocol), ...found, ...answers.flat(), ...proxies]
}

/** Codex takes the long form of the two names as well: `{ none = {} }`. */
function isUnset(values: TomlTable, key: ExporterKey): boolean {
  const value = valueAt(values, ['otel', key])
  if (value === undefined || value === 'none' || value === 'statsig') return true
  return isTable(value) && (value.has('none') || value.has('statsig'))
}

function unsetFindings(
  file: ConfigFile,
  values: TomlTable,
  { receivers }: Examination,
  protocol: OtlpProtocol,
): readonly Finding[] {
  const unset = exporterKeys.filter((key) => isUnset(values, key))
  if (unset.length === 0) return []
  const isNothing = unset.length === exporterKeys.length
  const names = unset.map((key) => `otel.${key} (${signalOfExporter[key]})`).join(', ')
  const findings = [
    finding({
      code: isNothing ? 'nothing_exported' : 'some_exporters',
      severity: isNothing ? 'error' : 'warning',
      message: isNothing ? 'Codex sends its telemetry to no receiver' : `no receiver is set in ${names}`,
      advice: 'Set all three exporters: none falls back to another.',
      file: file.path,
      // Only what is missing: an exporter that is set may point to a team's collector, with its headers.
      fix: fixBy(file, receivers, isNothing ? { protocol } : { protocol, only: unset }),
    }),
  ]
  const metrics = valueAt(values, ['otel', 'metrics_exporter'])
  const isStatsig = metrics === 'statsig' || (isTable(metrics) && metrics.has('statsig'))
  if (metrics === undefined || isStatsig)
    findings.push(
      finding({
        code: 'metrics_to_statsig',
        severity: 'warning',
        message: `otel.metrics_exporter is ${metrics === undefined ? 'not set' : '"statsig"'}: metrics go to OpenAI's Statsig`,
        advice: 'Set it to a receiver of your own, or to "none".',
        key: 'otel.metrics_exporter',
        file: file.path,
        line: metrics === undefined ? null : lineOf(file, ['otel', 'metrics_exporter']),
        fix: fixBy(file, receivers, { protocol, only: ['metrics_exporter'] }),
      }),
    )
  return findings
}

/** What the exporters that are set already speak, so that a fix does not mix protocols without need; else what listens. */
function protocolInUse(values: TomlTable, { receivers }: Examination): OtlpProtocol {
  const spoken = exporterKeys.flatMap((key): readonly OtlpProtocol[] => {
    const exporter = valueAt(values, ['otel', key])
    if (!isTable(exporter)) return []
    if (exporter.has('otlp-grpc')) return ['grpc']
    return valueAt(exporter, ['otlp-http', 'protocol']) === 'json' ? ['json'] : []
  })
  const wanted = spoken[0] ?? 'http'
  if (wanted === 'grpc') return receivers.grpc === null && receivers.http !== null ? 'http' : 'grpc'
  return receivers.http === null && receivers.grpc !== null ? 'grpc' : wanted
}
