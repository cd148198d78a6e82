import { isTable, kindOf, type KeyPath, type TomlTable, type TomlValue } from './toml-value.ts'
import { isExporterKey, otelKeys, type OtelKey } from './otel-keys.ts'

/** Why Codex 0.171.0 would not start, or what it would pass over, with the key below `otel` that is wrong. */
export interface OtelFault {
  readonly kind: 'wrong_type' | 'unknown_variant' | 'missing_endpoint' | 'missing_protocol' | 'unknown_key'
  readonly path: KeyPath
  readonly message: string
}

type Check = (value: TomlValue, path: KeyPath) => readonly OtelFault[]

/** Every fault of a key's value. An unknown key is passed over by Codex; all others keep it from starting. */
export function checkOtelValue(key: OtelKey, value: TomlValue): readonly OtelFault[] {
  return checks[key](value, ['otel', key])
}

export function checkOtel(otel: TomlValue): readonly OtelFault[] {
  if (!isTable(otel)) return [fault('wrong_type', ['otel'], `expected a table, [otel], not ${kindOf(otel)}`)]
  const known: readonly string[] = otelKeys
  return [...otel].flatMap(([key, value]) =>
    known.includes(key)
      ? checkOtelValue(key as OtelKey, value)
      : [fault('unknown_key', ['otel', key], 'Codex does not know this key and ignores it')],
  )
}

const text: Check = (value, path) => (typeof value === 'string' ? [] : [wrongType(path, 'a string')])
const toggle: Check = (value, path) => (typeof value === 'boolean' ? [] : [wrongType(path, 'true or false')])
const wholeNumber: Check = (value, path) =>
  typeof value === 'bigint' && value >= 0n ? [] : [wrongType(path, 'a whole number, not negative')]
const positiveNumber: Check = (value, path) =>
  typeof value === 'bigint' && value > 0n ? [] : [wrongType(path, 'a whole number above 0')]
const tableOf =
  (inner: Check): Check =>
  (value, path) =>
    isTable(value) ? [...value].flatMap(([key, each]) => inner(each, [...path, key])) : [wrongType(path, 'a table')]

/** A table of which some keys are known; Codex ignores the others without a word. */
function fields(value: TomlTable, path: KeyPath, known: Readonly<Record<string, Check>>): readonly OtelFault[] {
  return Object.entries(known).flatMap(([key, check]) => {
    const inner = value.get(key)
    return inner === undefined ? [] : check(inner, [...path, key])
  })
}

const tls: Check = (value, path) =>
  isTable(value)
    ? fields(value, path, { 'ca-certificate': text, 'client-certificate': text, 'client-private-key': text })
    : [wrongType(path, 'a table')]

const protocol: Check = (value, path) =>
  value === 'binary' || value === 'json' ? [] : [fault('unknown_variant', path, 'expected "binary" or "json"')]

const exporter: Check = (value, path) => {
  if (typeof value === 'string') {
    if (value === 'none' || value === 'statsig') return []
    const message =
      value === 'otlp-http' || value === 'otlp-grpc'
        ? `"${value}" needs an endpoint: { ${value} = { endpoint = … } }`
        : `"${value}" is not an exporter: expected "none", "statsig", otlp-http or otlp-grpc`
    return [fault('unknown_variant', path, message)]
  }
  if (!isTable(value)) return [wrongType(path, 'the name of an exporter or a table')]
  const [variant, ...others] = value.keys()
  // Codex takes the long form of the two names as well: { none = {} }.
  if (others.length === 0 && (variant === 'none' || variant === 'statsig')) return []
  if (others.length > 0 || (variant !== 'otlp-http' && variant !== 'otlp-grpc'))
    return [fault('unknown_variant', path, 'one of otlp-http and otlp-grpc is wanted')]
  return destination(variant, value.get(variant), [...path, variant])
}

function destination(
  variant: 'otlp-http' | 'otlp-grpc',
  value: TomlValue | undefined,
  path: KeyPath,
): readonly OtelFault[] {
  if (!isTable(value)) return [wrongType(path, 'a table')]
  const faults = [...fields(value, path, { endpoint: text, headers: tableOf(text), tls })]
  if (!value.has('endpoint')) faults.push(fault('missing_endpoint', path, 'endpoint is missing'))
  if (variant === 'otlp-grpc') return faults
  const given = value.get('protocol')
  if (given === undefined) faults.push(fault('missing_protocol', path, 'protocol is missing: "binary" or "json"'))
  else faults.push(...protocol(given, [...path, 'protocol']))
  return faults
}

const checks: Readonly<Record<OtelKey, Check>> = {
  environment: text,
  exporter,
  trace_exporter: exporter,
  metrics_exporter: exporter,
  headers_helper: text,
  headers_helper_refresh_interval_ms: positiveNumber,
  log_user_prompt: toggle,
  log_agent_responses: toggle,
  log_guardian_assessments: toggle,
  log_sse_deltas: toggle,
  tool_result: (value, path) =>
    isTable(value) ? fields(value, path, { max_bytes: wholeNumber }) : [wrongType(path, 'a table')],
  span_attributes: tableOf(text),
  tracestate: tableOf(tableOf(text)),
}

function wrongType(path: KeyPath, wanted: string): OtelFault {
  return fault('wrong_type', path, `expected ${wanted}`)
}

function fault(kind: OtelFault['kind'], path: KeyPath, message: string): OtelFault {
  return { kind, path, message }
}

/** Where an exporter sends to; null for `"none"`, `"statsig"` and what is no exporter. */
export interface Destination {
  readonly variant: 'otlp-http' | 'otlp-grpc'
  readonly endpoint: string
}

export function destinationOf(key: string, value: TomlValue | undefined): Destination | null {
  if (!isExporterKey(key) || !isTable(value)) return null
  for (const variant of ['otlp-http', 'otlp-grpc'] as const) {
    const settings = value.get(variant)
    const endpoint = isTable(settings) ? settings.get('endpoint') : undefined
    if (typeof endpoint === 'string') return { variant, endpoint }
  }
  return null
}
