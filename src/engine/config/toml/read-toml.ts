import { parse as parseFirst, LocalDate, LocalDateTime, LocalTime, OffsetDateTime } from '@decimalturn/toml-patch'
import { parse as parseSecond, TomlDate } from 'smol-toml'
import type { ConfigProblem } from '../../../contract/config.ts'
import type { TomlTable, TomlValue } from '../../../model/config/toml-value.ts'
import { explain } from './explain.ts'

export type ReadToml =
  | { readonly ok: true; readonly values: TomlTable; readonly secondValues: TomlTable }
  | { readonly ok: false; readonly problem: ConfigProblem }

/** Two independent parsers: a document counts as TOML when both read it. `text` is without a byte order mark. */
export function readToml(text: string): ReadToml {
  // One mark before the text is none of it; a second one is.
  if (text.startsWith('\uFEFF')) return { ok: false, problem: explain(text, { message: '', line: 1, column: 1 }) }
  try {
    // The second one first: its words for what is wrong are the better ones.
    const secondValues = tableOf(parseSecond(text, { integersAsBigInt: true }))
    const problem = tooLarge(text, secondValues)
    if (problem !== null) return { ok: false, problem }
    const values = tableOf(parseFirst(text, { integersAsBigInt: true }) as object)
    return { ok: true, values, secondValues }
  } catch (error) {
    return { ok: false, problem: explain(text, problemOf(error)) }
  }
}

function tableOf(object: object): TomlTable {
  return new Map(Object.entries(object).map(([key, value]) => [key, valueOf(value)]))
}

function valueOf(value: unknown): TomlValue {
  if (Array.isArray(value)) return value.map(valueOf)
  if (isDate(value)) return { dateTime: value.toISOString() }
  if (typeof value === 'object' && value !== null) return tableOf(value)
  if (typeof value === 'string' || typeof value === 'boolean') return value
  if (typeof value === 'bigint' || typeof value === 'number') return value
  throw new Error(`a parser gave ${typeof value}, which is not a TOML value`)
}

/** Neither parser bounds whole numbers; Codex's takes 64 bits, as TOML says, and does not start with more. */
function tooLarge(text: string, values: TomlTable): ConfigProblem | null {
  const found = wholeNumbers(values).find((number) => BigInt.asIntN(64, number) !== number)
  if (found === undefined) return null
  const written = text.split('\n').findIndex((line) => line.replaceAll('_', '').includes(String(found)))
  const message = 'a whole number is larger than 64 bits hold, which is as far as they go in TOML'
  return { message, line: written < 0 ? null : written + 1, column: null }
}

function wholeNumbers(value: TomlValue): bigint[] {
  if (typeof value === 'bigint') return [value]
  if (Array.isArray(value)) return value.flatMap(wholeNumbers)
  return value instanceof Map ? [...value.values()].flatMap(wholeNumbers) : []
}

function isDate(value: unknown): value is Date {
  return [TomlDate, LocalDate, LocalDateTime, LocalTime, OffsetDateTime].some((kind) => value instanceof kind)
}

/** Both parsers name the place in their own way: one counts columns from 1, the other from 0. */
function problemOf(error: unknown): ConfigProblem {
  // Neither bounds how deep dotted keys go.
  if (error instanceof RangeError) return { message: 'keys are nested too deep to be read', line: null, column: null }
  const message = (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? ''
  const place = error instanceof Error ? (error as { line?: unknown; column?: unknown }) : {}
  const line = typeof place.line === 'number' ? place.line : null
  const isSecond = message.startsWith('Invalid TOML document')
  const column = typeof place.column === 'number' ? Math.max(1, place.column + (isSecond ? 0 : 1)) : null
  return { message: message.replace(/^Invalid TOML document: /, ''), line, column }
}
