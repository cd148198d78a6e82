import { destinationOf } from '../../model/config/check-otel.ts'
import type { TomlDifference } from '../../model/config/changes.ts'
import { isOwnEndpoint } from '../../model/config/exporter-fields.ts'
import { maskWords } from '../../model/config/mask.ts'
import type { ReceiverAddresses } from '../../model/config/one-click.ts'
import { isTable, valueAt, type TomlTable } from '../../model/config/toml-value.ts'

/** Somebody else's receiver that a change takes telemetry away from: a team may wait for it. */
export function lostDestinations(
  values: TomlTable,
  differences: readonly TomlDifference[],
  receivers: ReceiverAddresses,
): readonly string[] {
  const lost = differences.flatMap(({ path: [table, key = ''], after }) => {
    const before = table === 'otel' ? destinationOf(key, valueAt(values, ['otel', key])) : null
    if (before === null || isOwnEndpoint(before.endpoint, receivers)) return []
    if (destinationOf(key, after)?.endpoint === before.endpoint) return []
    const headers = valueAt(values, ['otel', key, before.variant, 'headers'])
    const withHeaders = isTable(headers) && headers.size > 0 ? ', with its headers' : ''
    return [`otel.${key} sends to ${maskWords(before.endpoint)} now${withHeaders}: that will end`]
  })
  return lost.length === 0 ? [] : [...lost, 'Colophon can forward to it: Settings, Forwarding.']
}
