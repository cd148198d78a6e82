import { isArray, isTable, type KeyPath, type TomlValue } from './toml-value.ts'

const escapes: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\f': '\\f',
  '\r': '\\r',
}

/** A basic string on one line (TOML 1.0, "String": control characters and DEL are escaped). */
export function stringText(text: string): string {
  const escaped = text.replace(/["\\\p{Cc}]/gu, (c) => {
    return escapes[c] ?? `\\u${(c.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
  })
  return `"${escaped}"`
}

export function keyText(path: KeyPath): string {
  return path.map((key) => (/^[A-Za-z0-9_-]+$/.test(key) ? key : stringText(key))).join('.')
}

/** A value on one line: tables are inline, as TOML 1.0 has them. */
export function valueText(value: TomlValue): string {
  if (typeof value === 'string') return stringText(value)
  if (typeof value === 'number') return floatText(value)
  if (typeof value !== 'object') return String(value)
  if (isArray(value)) return `[${value.map(valueText).join(', ')}]`
  if (!isTable(value)) return value.dateTime
  if (value.size === 0) return '{}'
  return `{ ${[...value].map(([key, inner]) => `${keyText([key])} = ${valueText(inner)}`).join(', ')} }`
}

function floatText(value: number): string {
  if (Number.isNaN(value)) return 'nan'
  if (!Number.isFinite(value)) return value < 0 ? '-inf' : 'inf'
  if (Object.is(value, -0)) return '-0.0'
  const text = String(value)
  return /[.e]/.test(text) ? text : `${text}.0`
}
