import type { TomlChange } from './changes.ts'
import { keyText, valueText } from './toml-text.ts'

/** The same settings for one run, to paste behind `codex`: single quotes, as POSIX shells read them. */
export function commandLineFlags(changes: readonly TomlChange[]): string {
  return changes
    .filter(({ path }) => path[0] === 'otel')
    .flatMap(({ path, value }) => (value === undefined ? [] : [`${keyText(path)}=${valueText(value)}`]))
    .map((setting) => `--config '${setting.replaceAll("'", `'\\''`)}'`)
    .join(' ')
}
