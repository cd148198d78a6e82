import type { TomlChange } from './changes.ts'
import { oneClickChanges, type ReceiverAddresses } from './one-click.ts'
import { keyText, valueText } from './toml-text.ts'

/** What one click would write into an empty file, for one run; '' where nothing listens. */
export function oneClickFlags(receivers: ReceiverAddresses): string {
  const protocol = receivers.http === null ? 'grpc' : 'http'
  return commandLineFlags(oneClickChanges(new Map(), receivers, { protocol, withoutDeltas: false }) ?? [])
}

/** The same settings for one run, to paste behind `codex`: single quotes, as POSIX shells read them. */
export function commandLineFlags(changes: readonly TomlChange[]): string {
  return changes
    .filter(({ path }) => path[0] === 'otel')
    .flatMap(({ path, value }) => (value === undefined ? [] : [`${keyText(path)}=${valueText(value)}`]))
    .map((setting) => `--config '${setting.replaceAll("'", `'\\''`)}'`)
    .join(' ')
}
