import { isArray, isTable, type TomlValue } from './toml-value.ts'

export type JsonValue =
  string | number | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue | undefined }

/** JSON knows one kind of number: a whole one is a TOML integer, which is what every number of `[otel]` is. */
export function fromJson(value: JsonValue): TomlValue | undefined {
  if (value === null) return undefined
  if (typeof value === 'number') return Number.isSafeInteger(value) ? BigInt(value) : value
  if (typeof value !== 'object') return value
  if (Array.isArray(value))
    return value.flatMap((inner: JsonValue) => {
      const toml = fromJson(inner)
      return toml === undefined ? [] : [toml]
    })
  const table = new Map<string, TomlValue>()
  for (const [key, inner] of Object.entries(value)) {
    const toml = inner === undefined ? undefined : fromJson(inner)
    if (toml !== undefined) table.set(key, toml)
  }
  return table
}

/** For showing: integers beyond 2^53 lose digits, dates become text, and so do numbers that JSON has no word for. */
export function toJson(value: TomlValue): JsonValue {
  if (typeof value === 'bigint') return Number(value)
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value)
  if (typeof value !== 'object') return value
  if (isArray(value)) return value.map(toJson)
  if (!isTable(value)) return value.dateTime
  return Object.fromEntries([...value].map(([key, inner]) => [key, toJson(inner)]))
}
