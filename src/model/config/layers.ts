import { otelKeys, type OtelKey } from './otel-keys.ts'
import { isTable, type TomlTable, type TomlValue } from './toml-value.ts'

/** A file that Codex reads `[otel]` from, the weakest first. Preferences of device management and of a cloud are not seen. */
export interface ConfigLayer {
  readonly kind: 'system' | 'user' | 'managed' | 'requirements'
  readonly file: string
  readonly values: TomlTable
}

export interface EffectiveValue {
  readonly key: OtelKey
  readonly value: TomlValue | undefined
  /** Who set it; `default` is Codex itself. */
  readonly layer: ConfigLayer['kind'] | 'default'
  readonly file: string | null
}

/** What Codex 0.171.0 does where a key is absent. */
const defaults: Readonly<Partial<Record<OtelKey, TomlValue>>> = {
  environment: 'dev',
  exporter: 'none',
  trace_exporter: 'none',
  metrics_exporter: 'statsig',
  log_user_prompt: false,
  log_agent_responses: false,
  log_guardian_assessments: false,
  log_sse_deltas: true,
  tool_result: new Map([['max_bytes', 2048n]]),
}

/** Maps merge key by key; exporters and scalars are replaced (core/src/config/otel.rs, apply_requirement). */
const merged: readonly OtelKey[] = ['span_attributes', 'tracestate', 'tool_result']

export function effectiveValues(layers: readonly ConfigLayer[]): readonly EffectiveValue[] {
  return otelKeys.map((key) =>
    layers.reduce<EffectiveValue>(
      (weaker, { kind, file, values }) => {
        const otel = values.get('otel')
        const value = isTable(otel) ? otel.get(key) : undefined
        if (value === undefined) return weaker
        return { key, value: stacked(key, weaker.value, value), layer: kind, file }
      },
      { key, value: defaults[key], layer: 'default', file: null },
    ),
  )
}

function stacked(key: OtelKey, weaker: TomlValue | undefined, stronger: TomlValue): TomlValue {
  if (!merged.includes(key) || !isTable(weaker) || !isTable(stronger)) return stronger
  return new Map([...weaker, ...stronger])
}
