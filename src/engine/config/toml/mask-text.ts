import { hidden, maskValue, maskWords } from '../../../model/config/mask.ts'
import { valueText } from '../../../model/config/toml-text.ts'
import { sameToml, type KeyPath } from '../../../model/config/toml-value.ts'
import { readText, type Pair, type Span } from './document.ts'
import { readToml } from './read-toml.ts'
import { splice, type Splice } from './splice.ts'

/** A text as people may see it, with as many lines as it has. Never to be written. */
export function maskText(text: string): string {
  if (!readToml(text).ok) return text.split('\n').map(maskLine).join('\n')
  const { statements, comments } = readText(text)
  const pairs = statements.flatMap((each) => (each.kind === 'pair' ? [each] : []))
  const splices = [...pairs.flatMap((pair) => maskPair(text, pair, [])), ...maskComments(text, comments, pairs)]
  return splice(text, splices)
}

/** Pair by pair within inline tables, so that what is no secret keeps its form. */
function maskPair(text: string, pair: Pair, table: KeyPath): readonly Splice[] {
  const path = [...table, ...pair.path]
  if (pair.inline !== null) return pair.inline.flatMap((inner) => maskPair(text, inner, path))
  const source = text.slice(pair.value.start, pair.value.end)
  const read = readToml(`value = ${source}`)
  const value = read.ok ? read.values.get('value') : undefined
  const masked = value === undefined ? hidden : maskValue(path, value)
  if (sameToml(value, masked)) return []
  // A text of several lines keeps them: the lines of a difference are counted.
  const more = `\n${hidden}`.repeat(source.split('\n').length - 1)
  return [{ ...pair.value, text: valueText(masked) + more }]
}

/** What was commented out is configuration too, under the header that was commented out with it. */
function maskComments(text: string, comments: readonly Span[], pairs: readonly Pair[]): readonly Splice[] {
  let table = ''
  return comments.flatMap(({ start, end }) => {
    // The parser counts what looks like a comment in a replaced value, too.
    if (pairs.some(({ value }) => value.start < start && end < value.end)) return []
    const body = text.slice(start + 1, end).trim()
    if (/^\[{1,2}[^[\]]+\]{1,2}$/.test(body)) table = body
    const masked = maskComment(body, table)
    return masked === body ? [] : [{ start: start + 1, end, text: ` ${masked}` }]
  })
}

function maskComment(body: string, table: string): string {
  const alone = `${table}\n${body}`
  if (!/^["'\w.-]+\s*=/.test(body)) return maskWords(body)
  return readToml(alone).ok ? maskText(alone).slice(table.length + 1) : maskLine(body)
}

const harmless = /^(["'])(?:none|statsig|otlp-http|otlp-grpc|binary|json)\1\s*(?:#.*)?$/
const bare = /^(?:true|false|[-+\d.][\d._:TZ+-]*)\s*$/

/** Of a text that does not parse nothing is known: what could be a value is shown only where it cannot be a secret. */
function maskLine(line: string): string {
  const end = line.endsWith('\r') ? '\r' : ''
  const source = line.slice(0, line.length - end.length)
  if (/^(?:\[{1,2}[\w."' -]*\]{0,2})?$/.test(source.trim())) return line
  const [, head, value] = /^([\w."'\t -]+=\s*)(.*)$/.exec(source) ?? []
  if (head === undefined || value === undefined) return `${hidden}${end}`
  return harmless.test(value) || bare.test(value) || value === '' ? line : `${head}${hidden}${end}`
}
