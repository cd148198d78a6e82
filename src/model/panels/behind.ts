/** What panels select from, where its rows are single things (`engine/panels/sources.ts`, and what a session can be filtered by). */
export type FactSource =
  | 'calls'
  | 'attempts'
  | 'tools'
  | 'commands'
  | 'decisions'
  | 'turns'
  | 'prompts'
  | 'shares'
  | 'sessions'
  | 'app_calls'
  | 'app_steps'

/** Some facts of one source. Conditions and expressions are SQL over its columns. */
export interface Facts {
  readonly from: FactSource
  /** Which of them. */
  readonly where: string
  /** What each adds to the figure, or what was measured of it. */
  readonly value: string
  readonly unit: 'count' | 'tokens' | 'usd' | 'ms'
  /** What stands in a column of the panel's rows, said of a fact; a column that is not named here is the source's own. */
  readonly by: Readonly<Record<string, string>>
  /** The same where a fact stands in several rows, one for each value of a JSON array. */
  readonly each?: Readonly<Record<string, string>>
}

/**
 * What a figure is made of, before it is summed up. `count`: it is how many there are; `sum`: what they add up to; `made`: an average,
 * a percentile or a share of them. A metric has no single things behind it but its series.
 */
export type Behind =
  | { readonly is: 'count' | 'sum' | 'made'; readonly facts: readonly Facts[] }
  | { readonly is: 'metric'; readonly name: string }

type By = Readonly<Record<string, string>>

/** Each fact counts once. */
export function countOf(from: FactSource, where: string, by: By = {}): Behind {
  return { is: 'count', facts: [{ from, where, value: '1', unit: 'count', by }] }
}

/** Facts add up to the figure; what adds nothing is left out. */
export function sumOf(from: FactSource, value: string, unit: Facts['unit'], where = '1', by: By = {}): Behind {
  return { is: 'sum', facts: [{ from, where: `(${where}) AND (${value}) <> 0`, value, unit, by }] }
}

/** Something was measured of each. */
export function measureOf(from: FactSource, value: string, where = '1', by: By = {}): Behind {
  return { is: 'made', facts: [{ from, where: `(${where}) AND (${value}) IS NOT NULL`, value, unit: 'ms', by }] }
}

/** Counts of several, and a figure that is their sum, or a share of it. */
export function togetherOf(is: 'count' | 'sum' | 'made', ...parts: readonly Behind[]): Behind {
  return { is, facts: parts.flatMap((part) => (part.is === 'metric' ? [] : part.facts)) }
}

/** A fact counts in the row of each value. */
export function withEach(behind: Behind, each: By): Behind {
  return behind.is === 'metric' ? behind : { ...behind, facts: behind.facts.map((part) => ({ ...part, each })) }
}

export function metricOf(name: string): Behind {
  return { is: 'metric', name }
}

/** Of a fact: what its session can be filtered by. */
export function ofDimension(column: string): string {
  return `(SELECT of_fact.${column} FROM dimension AS of_fact WHERE of_fact.id = fact_dimension)`
}

export const byUser = `${ofDimension('kind')} = 'user'`
