import { z } from 'zod'

const values = z.array(z.string().max(1000)).min(1).max(200)

/**
 * What the numbers of a view are narrowed to. Of each field any of the values; '' is "not said". A field that is left out narrows
 * nothing. Model narrows calls by their own model, everything else to sessions that used one of them.
 */
export const filters = z.strictObject({
  model: values.optional(),
  environment: values.optional(),
  originator: values.optional(),
  /** The kind of process that ran the session, by its `service.name`. */
  source: values.optional(),
  user: values.optional(),
  project: values.optional(),
  appVersion: values.optional(),
  /** Without them, what sub-agents, reviewers and title threads did counts nowhere. */
  helpers: z.boolean().default(true),
})

export type Filters = z.output<typeof filters>

/** The fields that have values to choose from, in the order in which they are offered. */
export const filterFields = ['model', 'environment', 'originator', 'source', 'user', 'project', 'appVersion'] as const
export type FilterField = (typeof filterFields)[number]
