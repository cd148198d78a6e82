import { dirname } from 'node:path'
import type { ConfigRequest, Finding } from '../../../contract/config.ts'
import { destinationOf, type Destination } from '../../../model/config/check-otel.ts'
import { toJson } from '../../../model/config/json-value.ts'
import { exporterValue, type OtlpProtocol, type ReceiverAddresses } from '../../../model/config/one-click.ts'
import { exporterKeys, signalOfExporter, type ExporterKey } from '../../../model/config/otel-keys.ts'
import { isTable, valueAt, type TomlTable } from '../../../model/config/toml-value.ts'
import type { ConfigFile } from '../config-file.ts'
import { lineOf } from '../toml/line-of.ts'
import { finding, fixBy } from './finding.ts'
import { listens, loopbackPort } from './listens.ts'
import { exporterWith } from './types.ts'

/** Where each signal goes, and whether it would arrive. */
export async function exporterFindings(
  file: ConfigFile,
  values: TomlTable,
  receivers: ReceiverAddresses,
): Promise<readonly Finding[]> {
  const context = { file, values, receivers }
  const each = exporterKeys.flatMap((key) => {
    const destination = destinationOf(key, valueAt(values, ['otel', key]))
    return destination === null ? [] : [{ key, destination }]
  })
  const endpoints = await Promise.all(each.map(({ key, destination }) => endpointFindings(context, key, destination)))
  return [...unsetFindings(context), ...endpoints.flat()]
}

interface Context {
  readonly file: ConfigFile
  readonly values: TomlTable
  readonly receivers: ReceiverAddresses
}

function unsetFindings({ file, values, receivers }: Context): readonly Finding[] {
  const isSet = (key: ExporterKey): boolean => {
    const value = valueAt(values, ['otel', key])
    return value !== undefined && value !== 'none' && value !== 'statsig'
  }
  const unset = exporterKeys.filter((key) => !isSet(key))
  if (unset.length === 0) return []
  const protocol = protocolInUse(values)
  const home = dirname(file.path)
  // Only what is missing: an exporter that is set may point to a team's collector, with its headers.
  const fixOf = (keys: readonly ExporterKey[]): Finding['fix'] => {
    const changes = changesTo(keys, protocol, receivers, values)
    return changes === null ? null : fixBy(file, receivers, { changes }, home)
  }
  const isNothing = unset.length === exporterKeys.length
  const names = unset.map((key) => `otel.${key} (${signalOfExporter[key]})`).join(', ')
  const findings = [
    finding({
      code: isNothing ? 'nothing_exported' : 'some_exporters',
      severity: isNothing ? 'error' : 'warning',
      message: isNothing ? 'Codex sends its telemetry to no receiver' : `no receiver is set in ${names}`,
      advice: 'Set all three exporters: none of them falls back to another.',
      file: file.path,
      fix: isNothing ? fixBy(file, receivers, { protocol }, home) : fixOf(unset),
    }),
  ]
  const metrics = valueAt(values, ['otel', 'metrics_exporter'])
  if (metrics === undefined || metrics === 'statsig')
    findings.push(
      finding({
        code: 'metrics_to_statsig',
        severity: 'warning',
        message: `otel.metrics_exporter is ${metrics === undefined ? 'not set' : '"statsig"'}: metrics go to OpenAI's Statsig`,
        advice: 'Set it to a receiver of your own, or to "none".',
        key: 'otel.metrics_exporter',
        file: file.path,
        line: metrics === undefined ? null : lineOf(file, ['otel', 'metrics_exporter']),
        fix: fixOf(['metrics_exporter']),
      }),
    )
  return findings
}

/** These exporters to the receivers; null where none listens. */
function changesTo(
  keys: readonly ExporterKey[],
  protocol: OtlpProtocol,
  receivers: ReceiverAddresses,
  values: TomlTable,
): ConfigRequest['changes'] | null {
  const changes = keys.flatMap((key) => {
    const value = exporterValue(key, protocol, receivers, valueAt(values, ['otel', key]))
    return value === null ? [] : [{ key, value: toJson(value) }]
  })
  return changes.length === keys.length ? changes : null
}

/** What the exporters that are set already speak, so that a fix does not mix protocols without need. */
function protocolInUse(values: TomlTable): OtlpProtocol {
  for (const key of exporterKeys) {
    const exporter = valueAt(values, ['otel', key])
    if (!isTable(exporter)) continue
    if (exporter.has('otlp-grpc')) return 'grpc'
    if (valueAt(exporter, ['otlp-http', 'protocol']) === 'json') return 'json'
  }
  return 'http'
}

async function endpointFindings(
  { file, values, receivers }: Context,
  key: ExporterKey,
  { variant, endpoint }: Destination,
): Promise<readonly Finding[]> {
  const path = ['otel', key, variant, 'endpoint']
  const place = { key: path.join('.'), file: file.path, line: lineOf(file, path) }
  const home = dirname(file.path)
  const withEndpoint = (text: string): Finding['fix'] => {
    const change = exporterWith(values, key, [variant, 'endpoint'], text)
    return change === null ? null : fixBy(file, receivers, { changes: [change] }, home)
  }
  const fixTo = (which: ExporterKey): Finding['fix'] => {
    const changes = changesTo([which], protocolInUse(values), receivers, values)
    return changes === null ? null : fixBy(file, receivers, { changes }, home)
  }
  const url = httpUrl(endpoint)
  if (url === null) {
    const advice = 'Give it as http://HOST:PORT, with the scheme: without a valid address all three signals are lost.'
    const fix = /^[\w.-]+:\d+(\/|$)/.test(endpoint) ? withEndpoint(`http://${endpoint}`) : null
    return [
      finding({
        code: 'bad_endpoint',
        severity: 'error',
        message: `“${endpoint}” is no address`,
        advice,
        ...place,
        fix,
      }),
    ]
  }
  const findings: Finding[] = []
  const signal = signalOfExporter[key]
  const other = /\/v1\/(logs|traces|metrics)\/?$/.exec(url.pathname)?.[1]
  if (variant === 'otlp-http' && (url.pathname === '/' || (other !== undefined && other !== signal))) {
    const isBare = url.pathname === '/'
    const right = new URL(url)
    right.pathname = isBare ? `/v1/${signal}` : url.pathname.replace(/\/v1\/\w+\/?$/, `/v1/${signal}`)
    findings.push(
      finding({
        code: isBare ? 'endpoint_without_path' : 'endpoint_of_other_signal',
        severity: 'error',
        message: isBare ? `${endpoint} has no path` : `${endpoint} is where ${other ?? ''} go, not ${signal}`,
        advice: `Codex appends nothing: a receiver of OTLP/HTTP takes ${signal} at /v1/${signal}.`,
        ...place,
        fix: withEndpoint(right.href),
      }),
    )
  }
  const port = loopbackPort(url)
  if (port !== null && !(await listens(url, port)))
    findings.push(
      finding({
        code: 'nobody_listens',
        severity: 'error',
        message: `nobody listens on ${url.host}: ${signal} sent there are lost`,
        advice: 'Start the receiver, or set the exporter to one that runs.',
        ...place,
        fix: fixTo(key),
      }),
    )
  return findings
}

/** Codex takes http and https alone, also for gRPC. */
function httpUrl(text: string): URL | null {
  const url = URL.parse(text)
  return url?.protocol === 'http:' || url?.protocol === 'https:' ? url : null
}
