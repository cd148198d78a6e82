import type { ParsedParams, Value } from '../../contract/index.ts'
import type { Reader } from '../../engine/queries/index.ts'
import type { AskedRange, RangeStore } from '../mirror/range-store.ts'

/** What home's reader answers of the facts of a range. */
export const rangeQuestions = [
  'filter.values',
  'limit.list',
  'limit.moves',
  'insight.list',
  'insight.sessions',
  'project.list',
  'batch.list',
  'batch.members',
  'panel.run',
  'panel.behind',
  'explore.metricNames',
  'explore.metric',
] as const

export type RangeQuestion = (typeof rangeQuestions)[number]

/** Of these nothing looks at more of a session than panels do. */
const ofSums: ReadonlySet<RangeQuestion> = new Set([
  ...(['panel.run', 'panel.behind', 'filter.values', 'batch.list', 'project.list'] as const),
  ...(['limit.list', 'limit.moves', 'explore.metric'] as const),
])

type Answers = { readonly [N in RangeQuestion]: (params: ParsedParams<N>) => Promise<Value<N>> }

function readerFor(store: RangeStore, name: RangeQuestion, params: AskedRange): Promise<Reader> {
  if (name === 'explore.metricNames') return store.withSeries()
  // They are made of findings, which no projector keeps.
  if (name.startsWith('insight.')) return store.workedOut(params)
  return ofSums.has(name) ? store.summedUp(params) : store.readerOf(params)
}

export function rangeAnswers(store: RangeStore): Answers {
  return Object.fromEntries(
    rangeQuestions.map((name) => [
      name,
      async (params: AskedRange) => {
        const reader = await readerFor(store, name, params)
        return (reader[name] as (params: unknown) => unknown)(params)
      },
    ]),
  ) as unknown as Answers
}
