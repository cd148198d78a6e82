import { sameDocument, type TomlChange } from '../../../model/config/changes.ts'
import { valueText } from '../../../model/config/toml-text.ts'
import { isTable, sameToml, valueAt, withValue } from '../../../model/config/toml-value.ts'
import type { KeyPath, TomlTable, TomlValue } from '../../../model/config/toml-value.ts'
import { readText, type Header, type Pair } from './document.ts'
import { editInline, startsWith } from './inline.ts'
import { insertions } from './insert.ts'
import { readToml } from './read-toml.ts'
import { keptComments, lineEnd, lineStart, splice } from './splice.ts'

/** An edit that the text's form does not allow. Nothing has been changed. */
export class CannotEdit extends Error {}

/**
 * The text with one value set, or taken out where it is undefined. Works on places in the text, so that every byte which has no
 * part in the change stays: comments, white space, line endings, order. The text must parse, without a byte order mark.
 */
export function editToml(text: string, { path, value }: TomlChange): string {
  const before = valuesOf(text)
  if (sameToml(valueAt(before, path), value)) return text
  const edited = value === undefined ? remove(text, path) : set(text, path, value, before)
  if (!sameDocument(valuesOf(edited), withValue(before, path, value)))
    throw new CannotEdit(`${path.join('.')} is written in a way that cannot be changed safely`)
  return edited
}

function set(text: string, path: KeyPath, value: TomlValue, before: TomlTable): string {
  const document = readText(text)
  const exact = document.statements.find((each): each is Pair => each.kind === 'pair' && isSame(each.path, path))
  if (exact !== undefined) {
    const comments = keptComments(text, document, exact.value)
    const start = lineStart(text, exact.span.start)
    return splice(text, [
      { start, end: start, text: comments },
      { ...exact.value, text: valueText(value) },
    ])
  }
  const inline = withinInline(text, path, valueText(value))
  if (inline !== null) return inline
  if (!document.statements.some(({ path: each }) => startsWith(each, path))) return insert(text, path, value, before)
  const current = valueAt(before, path)
  const canDescend = isTable(value) && isTable(current) && [...value.keys()].some((key) => current.has(key))
  if (!canDescend) {
    const without = remove(text, path)
    return insert(without, path, value, valuesOf(without))
  }
  const gone = [...current.keys()].filter((key) => !value.has(key)).map((key) => ({ key, value: undefined }))
  const wanted = [...value].map(([key, inner]) => ({ key, value: inner }))
  return [...gone, ...wanted].reduce(
    (whole, { key, value: inner }) => editToml(whole, { path: [...path, key], value: inner }),
    text,
  )
}

function insert(text: string, path: KeyPath, value: TomlValue, before: TomlTable): string {
  const wanted = withValue(before, path, value)
  for (const candidate of insertions(text, path, valueText(value))) {
    const read = readToml(candidate)
    if (read.ok && sameDocument(read.values, wanted)) return candidate
  }
  throw new CannotEdit(`there is no place for ${path.join('.')}`)
}

function remove(text: string, path: KeyPath): string {
  const inline = withinInline(text, path, null)
  if (inline !== null) return inline
  const document = readText(text)
  const gone = document.statements.filter(({ path: each }) => startsWith(each, path))
  return splice(
    text,
    gone.map(({ span }: Header | Pair) => {
      const lines = { start: lineStart(text, span.start), end: lineEnd(text, span.end) }
      return { ...lines, text: keptComments(text, document, lines) }
    }),
  )
}

/** Null where the path does not lead through an inline table. */
function withinInline(text: string, path: KeyPath, value: string | null): string | null {
  const owner = readText(text).statements.find((each): each is Pair => {
    return each.kind === 'pair' && each.path.length < path.length && startsWith(path, each.path)
  })
  return owner === undefined ? null : editInline(text, owner, path.slice(owner.path.length), value)
}

function valuesOf(text: string): TomlTable {
  const read = readToml(text)
  if (!read.ok) throw new CannotEdit(read.problem.message)
  return read.values
}

function isSame(a: KeyPath, b: KeyPath): boolean {
  return a.length === b.length && startsWith(a, b)
}
