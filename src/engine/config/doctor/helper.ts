import { existsSync } from 'node:fs'
import { isAbsolute } from 'node:path'
import type { Finding } from '../../../contract/config.ts'
import { exporterKeys } from '../../../model/config/otel-keys.ts'
import { isTable, valueAt, type TomlTable, type TomlValue } from '../../../model/config/toml-value.ts'
import type { ConfigFile } from '../config-file.ts'
import { lineOf } from '../toml/line-of.ts'
import { finding } from './finding.ts'

/** `headers_helper`: Codex runs it in a shell, takes a JSON object of texts from it, and sends nothing over HTTP where it fails. */
export function helperFindings(file: ConfigFile, otel: TomlValue | undefined): readonly Finding[] {
  const helper = isTable(otel) ? otel.get('headers_helper') : undefined
  if (!isTable(otel) || typeof helper !== 'string') return []
  const said = (severity: Finding['severity'], message: string, advice: string): readonly Finding[] => {
    const path = ['otel', 'headers_helper']
    return [
      finding({
        code: 'headers_helper',
        severity,
        message,
        advice,
        key: path.join('.'),
        file: file.path,
        line: lineOf(file, path),
      }),
    ]
  }
  if (helper.trim() === '')
    return said(
      'error',
      'otel.headers_helper is empty: Codex creates no exporter at all',
      'Give a command, or remove the key.',
    )
  const program = /^\s*(?:"([^"]+)"|'([^']+)'|([^\s;|&<>()$`]+))/
    .exec(helper)
    ?.slice(1)
    .find((each) => each !== undefined)
  if (program !== undefined && isAbsolute(program) && !existsSync(program))
    return said(
      'error',
      `otel.headers_helper runs ${program}, which does not exist: nothing is sent over HTTP`,
      'Give a command that prints a JSON object of headers.',
    )
  if (!speaksHttp(otel))
    return said(
      'warning',
      'otel.headers_helper adds nothing: it is only for exporters over HTTP',
      'Over gRPC, write the headers into the exporter.',
    )
  return said(
    'warning',
    'otel.headers_helper adds headers that the doctor did not use: it runs none of your commands',
    'Run it yourself: it must print a JSON object of strings and exit with 0, or nothing is sent over HTTP.',
  )
}

function speaksHttp(otel: TomlTable): boolean {
  return exporterKeys.some((key) => valueAt(otel, [key, 'otlp-http']) !== undefined)
}
