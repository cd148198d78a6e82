/** A TOML document's values, with integers apart from floats: Codex refuses `2048.0` where it wants an integer. */
export type TomlValue = string | boolean | bigint | number | TomlDateTime | readonly TomlValue[] | TomlTable

/** A map, so that a key may be called `__proto__` and a date cannot be taken for a table. */
export type TomlTable = ReadonlyMap<string, TomlValue>

/** As it is written, with its offset if it has one. */
export interface TomlDateTime {
  readonly dateTime: string
}

export type KeyPath = readonly string[]

export function isTable(value: TomlValue | undefined): value is TomlTable {
  return value instanceof Map
}

export function isArray(value: TomlValue): value is readonly TomlValue[] {
  return Array.isArray(value)
}

export function valueAt(table: TomlTable, path: KeyPath): TomlValue | undefined {
  let value: TomlValue | undefined = table
  for (const key of path) {
    if (!isTable(value)) return undefined
    value = value.get(key)
  }
  return value
}

/** The table with one value set, or taken out where it is `undefined`. Throws where a key on the way is no table. */
export function withValue(table: TomlTable, path: KeyPath, value: TomlValue | undefined): TomlTable {
  const [key, ...rest] = path
  if (key === undefined) return table
  const copy = new Map(table)
  if (rest.length === 0) {
    if (value === undefined) copy.delete(key)
    else copy.set(key, value)
    return copy
  }
  const inner = table.get(key)
  if (inner !== undefined && !isTable(inner)) throw new Error(`${key} is not a table`)
  if (inner === undefined && value === undefined) return table
  return copy.set(key, withValue(inner ?? new Map(), rest, value))
}

/** The order of keys does not matter; `nan` equals itself. */
export function sameToml(a: TomlValue | undefined, b: TomlValue | undefined): boolean {
  if (a === undefined || b === undefined || typeof a !== 'object' || typeof b !== 'object') return Object.is(a, b)
  if (isTable(a) || isTable(b)) {
    if (!isTable(a) || !isTable(b) || a.size !== b.size) return false
    return [...a].every(([key, value]) => b.has(key) && sameToml(value, b.get(key)))
  }
  if (isArray(a) || isArray(b)) {
    if (!isArray(a) || !isArray(b) || a.length !== b.length) return false
    return a.every((value, i) => sameToml(value, b[i]))
  }
  return a.dateTime === b.dateTime
}

/** In words for a person. */
export function kindOf(value: TomlValue): string {
  if (isTable(value)) return 'a table'
  if (typeof value === 'string') return 'a string'
  if (typeof value === 'boolean') return 'true or false'
  if (typeof value !== 'object') return 'a number'
  return isArray(value) ? 'a list' : 'a date'
}
