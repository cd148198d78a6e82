/** The names of filters, without their schemas: whoever only sums up starts at once. */

/** The fields whose combinations facts are summed up by, so that a dashboard reads sums. */
export const summedFields = [
  ...(['model', 'environment', 'originator', 'source', 'user', 'project', 'appVersion', 'terminal'] as const),
] as const
export type SummedField = (typeof summedFields)[number]

/** The fields that have values to choose from, in the order in which they are offered. */
export const filterFields = [
  ...summedFields,
  ...(['host', 'repository', 'branch', 'effort', 'state', 'decision', 'decidedBy', 'witness', 'tag'] as const),
] as const
export type FilterField = (typeof filterFields)[number]

/** The fields that are narrowed from one number to another. */
export const boundFields = ['errors', 'duration', 'busy', 'cost'] as const
export type BoundField = (typeof boundFields)[number]
