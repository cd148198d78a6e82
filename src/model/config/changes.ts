import { isTable, sameToml, valueAt, withValue, type KeyPath, type TomlTable, type TomlValue } from './toml-value.ts'

/** A value to set at a path, or to take out where `value` is undefined. */
export interface TomlChange {
  readonly path: KeyPath
  readonly value: TomlValue | undefined
}

export interface TomlDifference {
  readonly path: KeyPath
  readonly before: TomlValue | undefined
  readonly after: TomlValue | undefined
}

export function applyChanges(values: TomlTable, changes: readonly TomlChange[]): TomlTable {
  return changes.reduce((table, { path, value }) => withValue(table, path, value), values)
}

/** Only what a document does not say already. */
export function neededChanges(values: TomlTable, changes: readonly TomlChange[]): readonly TomlChange[] {
  return changes.filter(({ path, value }) => !sameToml(valueAt(values, path), value))
}

/**
 * A table that becomes empty by taking its last key out may be written (`[otel]`) or not (dotted keys): the same to Codex, so
 * `otel` without keys counts as absent.
 */
export function sameDocument(a: TomlTable, b: TomlTable): boolean {
  return sameToml(withoutEmptyOtel(a), withoutEmptyOtel(b))
}

function withoutEmptyOtel(values: TomlTable): TomlTable {
  const otel = values.get('otel')
  return isTable(otel) && otel.size === 0 ? withValue(values, ['otel'], undefined) : values
}

/** Which keys differ. The values of `[otel]` are told whole, as they are set; elsewhere it is the innermost that differ. */
export function differences(before: TomlTable, after: TomlTable, path: KeyPath = []): readonly TomlDifference[] {
  const keys = new Set([...before.keys(), ...after.keys()])
  return [...keys].flatMap((key): readonly TomlDifference[] => {
    const [a, b] = [before.get(key), after.get(key)]
    if (sameToml(a, b)) return []
    const inner = [...path, key]
    const whole = [{ path: inner, before: a, after: b }]
    if (inner[0] === 'otel' && inner.length === 2) return whole
    // `[otel]` itself is told by its keys, also where it comes or goes.
    const isOtel = inner.length === 1 && key === 'otel'
    const [from, to] = isOtel ? [a ?? new Map(), b ?? new Map()] : [a, b]
    if (!isTable(from) || !isTable(to)) return whole
    const below = differences(from, to, inner)
    return below.length > 0 ? below : whole
  })
}
