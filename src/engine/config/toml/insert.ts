import { keyText } from '../../../model/config/toml-text.ts'
import type { KeyPath } from '../../../model/config/toml-value.ts'
import { readText, type Header, type Pair, type TomlText } from './document.ts'
import { startsWith } from './inline.ts'
import { indentationAt, insertLineAt, lineEnd, lineStart, newlineOf } from './splice.ts'

/** Ways to write a key that is not there yet, the most natural first. TOML forbids some of them, by what else is there. */
export function* insertions(text: string, path: KeyPath, value: string): Generator<string> {
  const document = readText(text)
  const headers = document.statements.filter((statement) => statement.kind === 'header')
  if (path.length === 1) {
    yield atRoot(text, document, headers[0], `${keyText(path)} = ${value}`)
    return
  }
  for (let length = path.length - 1; length > 0; length--) {
    const header = headers.find((each) => !each.isArray && samePath(each.path, path.slice(0, length)))
    if (header !== undefined) yield afterHeader(text, document, header, `${keyText(path.slice(length))} = ${value}`)
    const dotted = dottedBeside(document, path.slice(0, length))
    if (dotted !== null) {
      const tableLength = dotted.path.length - dotted.key.length
      yield after(text, dotted, `${keyText(path.slice(tableLength))} = ${value}`)
    }
  }
  const section = `[${keyText(path.slice(0, -1))}]${newlineOf(text)}${keyText(path.slice(-1))} = ${value}`
  const related = headers.find((each) => each.path[0] === path[0])
  if (related !== undefined) yield beforeHeader(text, document, related, section)
  yield atEnd(text, section)
}

/** A key of no table stands before the first header: behind the last such key, else above that header. */
function atRoot(text: string, document: TomlText, first: Header | undefined, line: string): string {
  const root =
    first === undefined ? document.statements : document.statements.slice(0, document.statements.indexOf(first))
  const last = root.at(-1)
  if (last !== undefined) return after(text, last, line)
  return first === undefined ? atEnd(text, line) : beforeHeader(text, document, first, line)
}

/** The last pair written with a dotted key that goes through this table. */
function dottedBeside({ statements }: TomlText, table: KeyPath): Pair | null {
  const through = statements.filter((statement): statement is Pair => {
    if (statement.kind === 'header') return false
    const tableLength = statement.path.length - statement.key.length
    return tableLength < table.length && statement.path.length > table.length && startsWith(statement.path, table)
  })
  return through.at(-1) ?? null
}

function afterHeader(text: string, { statements }: TomlText, header: Header, line: string): string {
  const rest = statements.slice(statements.indexOf(header) + 1)
  const next = rest.findIndex(({ kind }) => kind === 'header')
  const body = next < 0 ? rest : rest.slice(0, next)
  return after(text, body.at(-1) ?? header, line)
}

function after(text: string, { span }: Header | Pair, line: string): string {
  return insertLineAt(text, lineEnd(text, span.end), indentationAt(text, span.start) + line)
}

/** Above the comment that stands directly on the header. */
function beforeHeader(text: string, { comments }: TomlText, header: Header, section: string): string {
  let at = lineStart(text, header.span.start)
  for (;;) {
    const above = lineStart(text, at - 1)
    const isComment =
      at > 0 && comments.some(({ start }) => start >= above && start < at && isBlank(text, above, start))
    if (!isComment) break
    at = above
  }
  return insertLineAt(text, at, section + newlineOf(text))
}

function atEnd(text: string, section: string): string {
  const newline = newlineOf(text)
  const needsGap = text.trim() !== '' && !/\n\r?\n$/.test(text)
  const gap = needsGap ? `${text.endsWith('\n') ? '' : newline}${newline}` : ''
  return insertLineAt(text + gap, text.length + gap.length, section)
}

function isBlank(text: string, start: number, end: number): boolean {
  return text.slice(start, end).trim() === ''
}

function samePath(a: KeyPath, b: KeyPath): boolean {
  return a.length === b.length && startsWith(a, b)
}
