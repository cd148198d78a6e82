import type { Finding } from '../../../contract/config.ts'
import { maskWords } from '../../../model/config/mask.ts'
import { finding } from './finding.ts'

const ofSignals = ['', '_LOGS', '_TRACES', '_METRICS']

interface Effect {
  readonly severity: Finding['severity']
  readonly effect: string
  readonly advice?: string
}

/** What variables do to Codex 0.171.0's exporters, each tried on the real program. Null: nothing that a person must know. */
const effects: readonly (readonly [names: readonly string[], effectOf: (value: string) => Effect | null])[] = [
  [
    ofSignals.map((signal) => `OTEL_EXPORTER_OTLP${signal}_COMPRESSION`),
    // Also empty and "none": what is set has to name a compression, and Codex has none built in.
    (value) =>
      value === 'zstd' ? null : { severity: 'error', effect: 'ends all telemetry: Codex supports no compression' },
  ],
  [[...ofSignals.map((signal) => `OTEL_EXPORTER_OTLP${signal}_TIMEOUT`), 'OTEL_BSP_EXPORT_TIMEOUT'], tooShort],
  [
    ['OTEL_SDK_DISABLED'],
    (value) =>
      value.toLowerCase() === 'true'
        ? {
            severity: 'warning',
            effect: 'has no effect: Codex sends anyway',
            advice: 'To send nothing, set the exporters to "none".',
          }
        : null,
  ],
  [
    ['OTEL_TRACES_SAMPLER'],
    (value) =>
      /^(parentbased_)?(always_off|traceidratio)$/.test(value)
        ? { severity: 'warning', effect: 'leaves spans out' }
        : null,
  ],
]

/** Milliseconds, where many write seconds. Text that is no number is passed over. */
function tooShort(value: string): Effect | null {
  if (!/^\d+$/.test(value) || Number(value) >= 1000) return null
  const effect = `gives each export only ${value} ms, because its unit is milliseconds: what takes longer is lost`
  return { severity: Number(value) < 100 ? 'error' : 'warning', effect }
}

export function environmentFindings(environment: NodeJS.ProcessEnv): readonly Finding[] {
  return effects.flatMap(([names, effectOf]) =>
    names.flatMap((name) => {
      const value = environment[name]
      const found = value === undefined ? null : effectOf(value)
      if (value === undefined || found === null) return []
      const { severity, effect, advice = `unset ${name} before you start codex.` } = found
      const message = `${name}=${maskWords(value)} in this environment ${effect}`
      return finding({ code: 'environment_variable', severity, message, advice, key: name })
    }),
  )
}
