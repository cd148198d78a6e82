import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete'
import { exporterSettingNotes, keyNotes } from '../../../../model/config/key-notes.ts'
import { isExporterKey, isOtelKey, otelKeys } from '../../../../model/config/otel-keys.ts'

const tlsNotes = ['ca-certificate', 'client-certificate', 'client-private-key']

const otelKeyOptions: readonly Completion[] = otelKeys.map((key) => ({
  label: key,
  apply: `${key} = `,
  info: keyNotes[key],
  type: 'property',
}))
const settingOptions: readonly Completion[] = Object.entries(exporterSettingNotes).map(([key, info]) => ({
  label: key,
  apply: `${key} = `,
  info,
  type: 'property',
}))
const exporterOptions: readonly Completion[] = [
  { label: '"none"', type: 'constant' },
  { label: '"statsig"', type: 'constant', info: 'OpenAI’s own, for metrics alone' },
  { label: '{ otlp-http = { endpoint = "", protocol = "binary" } }', type: 'constant' },
  { label: '{ otlp-grpc = { endpoint = "http://" } }', type: 'constant' },
]
const truths: readonly Completion[] = ['true', 'false'].map((label) => ({ label, type: 'constant' }))
const headerOptions: readonly Completion[] = [
  '[otel]',
  ...['exporter', 'trace_exporter', 'metrics_exporter'].flatMap((key) => [
    `[otel.${key}.otlp-http]`,
    `[otel.${key}.otlp-grpc]`,
  ]),
  '[otel.span_attributes]',
].map((label) => ({ label, type: 'type' }))

/** What may stand at the end of `line`, written so far, within the table that the lines above it opened. */
export function otelCompletions(
  linesAbove: readonly string[],
  line: string,
): { readonly length: number; readonly options: readonly Completion[] } | null {
  if (/^\s*#/.test(line)) return null
  const header = /^\s*(\[[\w.-]*)$/.exec(line)
  if (header) return { length: header[1]?.length ?? 0, options: headerOptions }
  const value = /^\s*(?:otel\s*\.\s*)?([\w-]+)\s*=\s*([^\s#]*)$/.exec(line)
  if (value) return valueOptions(value[1] ?? '', value[2] ?? '')
  const key = /^\s*((otel\s*\.\s*)?([\w-]*))$/.exec(line)
  if (!key) return null
  const table = tableAt(linesAbove)
  const length = key[3]?.length ?? 0
  if (key[2] !== undefined) return table === '' ? { length, options: otelKeyOptions } : null
  if (table === 'otel') return { length, options: otelKeyOptions }
  if (/^otel\.\w+\.otlp-(http|grpc)$/.test(table)) return { length, options: settingOptions }
  if (/^otel\.\w+\.otlp-(http|grpc)\.tls$/.test(table))
    return { length, options: tlsNotes.map((label) => ({ label, apply: `${label} = "`, type: 'property' })) }
  return null
}

function valueOptions(key: string, written: string): ReturnType<typeof otelCompletions> {
  const length = written.length
  if (isExporterKey(key)) return { length, options: exporterOptions }
  if (key === 'protocol') return { length, options: ['"binary"', '"json"'].map((label) => ({ label })) }
  if (isOtelKey(key) && key.startsWith('log_')) return { length, options: truths }
  return null
}

/** The dotted name of the table that is open below these lines; '' at the top of the file. */
function tableAt(lines: readonly string[]): string {
  const header = lines.findLast((line) => /^\s*\[/.test(line))
  return /^\s*\[{1,2}([^\]]*)\]/.exec(header ?? '')?.[1]?.replaceAll(/[\s"']/g, '') ?? ''
}

export function completeOtel(context: CompletionContext): CompletionResult | null {
  const { doc } = context.state
  const line = doc.lineAt(context.pos)
  const above = line.number > 1 ? doc.sliceString(0, line.from - 1).split('\n') : []
  const found = otelCompletions(above, line.text.slice(0, context.pos - line.from))
  if (found === null || (found.length === 0 && !context.explicit)) return null
  return { from: context.pos - found.length, options: found.options, validFor: /^[\w"[.-]*$/ }
}
