import type { TomlDifference } from './changes.ts'
import { maskValue } from './mask.ts'
import { keyText, valueText } from './toml-text.ts'
import type { KeyPath } from './toml-value.ts'

/** What differs, as lines of TOML for a file that somebody else writes; secrets are hidden. */
export function differenceLines(differences: readonly TomlDifference[]): string {
  const isOtel = ({ path }: TomlDifference): boolean => path[0] === 'otel' && path.length > 1
  const lines = (some: readonly TomlDifference[], named: (path: KeyPath) => KeyPath): string[] =>
    some.map(({ path, after }) => {
      const key = keyText(named(path))
      return after === undefined ? `# without ${key}` : `${key} = ${valueText(maskValue(path, after))}`
    })
  // Before a header: what stands behind one belongs to it.
  const others = lines(
    differences.filter((each) => !isOtel(each)),
    (path) => path,
  )
  const otel = lines(differences.filter(isOtel), (path) => path.slice(1))
  return [others, otel.length === 0 ? [] : ['[otel]', ...otel]]
    .filter((each) => each.length > 0)
    .map((each) => `${each.join('\n')}\n`)
    .join('\n')
}
