import { isExporterKey, type ExporterKey } from '../../../model/config/otel-keys.ts'
import { isTable, valueAt } from '../../../model/config/toml-value.ts'
import { readToml } from './read-toml.ts'

export interface Mended {
  readonly text: string
  /** Where the strings stood that were taken out, from 1. */
  readonly lines: readonly { readonly line: number; readonly key: ExporterKey }[]
}

interface Candidate {
  readonly line: number
  readonly key: ExporterKey
  /** What stays of the line: a comment behind the value, or nothing. */
  readonly comment: string
}

/**
 * Mends the one mistake that is common and has one remedy: an exporter as a string (`exporter = "otlp-http"`) beside a table of
 * the same name (`[otel.exporter.otlp-http]`). TOML allows one of them; the table says more, so the string's line goes. Null
 * where that does not make the text parse.
 */
export function mendExporters(text: string): Mended | null {
  const lines = text.split('\n')
  const taken: Candidate[] = []
  let candidates = candidatesIn(lines)
  for (;;) {
    const read = readToml(lines.join('\n'))
    if (read.ok) {
      const isMended = taken.length > 0 && taken.every(({ key }) => isTable(valueAt(read.values, ['otel', key])))
      return isMended ? { text: withoutTaken(lines, taken), lines: taken } : null
    }
    const next = candidates.find((candidate) => improves(lines, candidate, read.problem.line ?? 0))
    if (next === undefined) return null
    lines[next.line - 1] = next.comment + (lines[next.line - 1]?.endsWith('\r') === true ? '\r' : '')
    taken.push(next)
    candidates = candidates.filter((candidate) => candidate !== next)
  }
}

/** Lines keep their numbers while one is tried after the other: the text is better when its first error comes later. */
function improves(lines: readonly string[], { line, comment }: Candidate, errorLine: number): boolean {
  const read = readToml(lines.map((each, i) => (i === line - 1 ? comment : each)).join('\n'))
  return read.ok || (read.problem.line ?? 0) > errorLine
}

function candidatesIn(lines: readonly string[]): readonly Candidate[] {
  let table = ''
  return lines.flatMap((text, i) => {
    table = /^\s*\[{1,2}([^\]]*)\]/.exec(text)?.[1]?.trim() ?? table
    const [, prefix, key = '', comment = ''] = stringLine.exec(text) ?? []
    const isOfOtel = prefix === undefined ? table === 'otel' : table === ''
    return isExporterKey(key) && isOfOtel ? [{ line: i + 1, key, comment }] : []
  })
}

const stringLine = /^\s*(otel\s*\.\s*)?(\w+)\s*=\s*(?:"[^"]*"|'[^']*')\s*(#[^\r]*)?\r?$/

function withoutTaken(lines: readonly string[], taken: readonly Candidate[]): string {
  const gone = new Set(taken.filter(({ comment }) => comment === '').map(({ line }) => line))
  return lines.filter((_, i) => !gone.has(i + 1)).join('\n')
}
