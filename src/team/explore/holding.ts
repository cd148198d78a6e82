import type { Params } from '../connection.ts'
import type { RawTable } from '../records/generation.ts'

/** Whether one of these texts holds the words that `param` is bound to, case ignored. */
export const holds = (texts: readonly string[], param: string): string =>
  texts.map((text) => `positionCaseInsensitiveUTF8(${text}, {${param}:String}) > 0`).join(' OR ')

/** Keys and values of a row's attributes as one text. */
export function attributeText({ attributes }: RawTable, column: string): string {
  return attributes === 'map'
    ? `arrayStringConcat(arrayConcat(mapKeys(${column}), mapValues(${column})), '\\n')`
    : `toString(${column})`
}

export interface Pair {
  readonly key: string
  readonly value: string
}

/** Each pair is among a record's attributes; keys are bound as values are, for both come from whoever asks. */
export function hasPairs(
  { attributes }: RawTable,
  column: string,
  pairs: readonly Pair[],
): { readonly sql: readonly string[]; readonly params: Params } {
  const one = (key: string, value: string): string =>
    attributes === 'map'
      ? `arrayExists((k, v) -> k = ${key} AND v = ${value}, mapKeys(${column}), mapValues(${column}))`
      : `toString(getSubcolumn(${column}, ${key})) = ${value}`
  return {
    sql: pairs.map((_, i) => one(`{pairKey${String(i)}:String}`, `{pairValue${String(i)}:String}`)),
    params: Object.fromEntries(
      pairs.flatMap(({ key, value }, i) => [
        [`pairKey${String(i)}`, key],
        [`pairValue${String(i)}`, value],
      ]),
    ),
  }
}
