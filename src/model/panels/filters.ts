import { z } from 'zod'

export { boundFields, filterFields, summedFields } from './filter-fields.ts'
export type { BoundField, FilterField, SummedField } from './filter-fields.ts'

const values = z.array(z.string().max(1000)).min(1).max(200)

/** From one number to another, both of them included; either end may be open. */
const bounds = z.strictObject({ atLeast: z.number().min(0).optional(), atMost: z.number().min(0).optional() })
export type NumberBounds = z.output<typeof bounds>

export const attribute = z.strictObject({ key: z.string().min(1).max(500), value: z.string().max(2000) })
export type AttributeFilter = z.output<typeof attribute>

/**
 * What the numbers of a view are narrowed to. Of each field any of the values; '' is "not set". A field that is left out narrows
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
  terminal: values.optional(),
  /** The repository that the session worked in (`github.com/acme/shop`), else its folder; and the branch, as Codex's own file says. */
  repository: values.optional(),
  branch: values.optional(),
  effort: values.optional(),
  /** The machine that the session ran on, by the `host.name` of its logs. */
  host: values.optional(),
  /** As the list shows it: live, done, interrupted, failed, lost, unknown. */
  state: values.optional(),
  /** Sessions in which such a decision was made about a call: approved, denied …; with `decidedBy`, by one of these. */
  decision: values.optional(),
  /** user, config, automatedreviewer. */
  decidedBy: values.optional(),
  /** Who tells of the session, as the list shows it: telemetry, file, both; differ instead of both, where these do. */
  witness: values.optional(),
  /** The user's own tags. */
  tag: values.optional(),
  /** Starred by the user. */
  starred: z.literal(true).optional(),
  errors: bounds.optional(),
  /** Milliseconds from the first record to the last; of these, inside turns. */
  duration: bounds.optional(),
  busy: bounds.optional(),
  /** US dollars; a session of which none is known has no cost to compare. */
  cost: bounds.optional(),
  /** Each of these must stand on a span or log of the session. */
  attribute: z.array(attribute).min(1).max(20).optional(),
  /** Without them, what sub-agents, reviewers and title threads did counts nowhere. */
  helpers: z.boolean().default(true),
})

export type Filters = z.output<typeof filters>

/** Whether filters narrow anything at all. */
export function isNarrowed({ helpers, ...fields }: Filters): boolean {
  return !helpers || Object.values(fields).some((field) => field !== undefined)
}
