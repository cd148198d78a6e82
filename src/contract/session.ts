import { z } from 'zod'
import { attribute, filters } from '../model/panels/filters.ts'
import { sessionKind, sessionSummary } from '../model/session/summary.ts'
import { difference, witness } from '../model/session/witness.ts'
import { importRun } from './exchange.ts'
import { changes } from './projects.ts'
import { called } from '../model/session/name.ts'

const count = z.number().int().nonnegative()

export const sessionListParams = z.object({
  /** Sessions of Codex, which are meant where nothing is said, of other applications, or of both. */
  apps: z.enum(['codex', 'genai', 'all']).optional(),
  helpers: z.boolean().default(true),
  limit: z.number().int().min(1).max(10_000).default(1000),
  offset: z.number().int().min(0).default(0),
  /** Words looked for in ids, titles, folders, prompts and the values of attributes, case ignored. */
  search: z.string().max(500).optional(),
  fromMs: z.number().optional(),
  toMs: z.number().optional(),
  filters: filters.optional(),
  /** Sessions that have called this tool. */
  tool: z.string().max(1000).optional(),
  /** Sessions of a repository, by its name, or of a folder that no repository's address is known of. */
  repository: z.string().max(4096).optional(),
  branch: z.string().max(1000).optional(),
  /** Sessions that these tell of: the telemetry alone, Codex's own files alone, or both; differ: both, and they do. */
  witness: z.enum([...witness.options, 'differ']).optional(),
  /** Keys of attributes (branch, ticket) whose values each session is to bring. */
  attributes: z.array(attribute.shape.key).max(20).optional(),
})

export const sessionListResult = z.object({
  /** `attributes`: those whose keys were asked for; left out where a session has none. */
  sessions: z.array(sessionSummary.extend({ attributes: z.array(attribute).optional() })),
  /** How many match, before limit and offset. */
  total: count,
  /** Sessions that a person started stand out when their wall time is longer than this; left out where it is not known. */
  longMs: z.number().optional(),
})

const lineage = z.object({
  /** What the other session is to this one. */
  relation: z.enum(['parent', 'forked_from', 'fork', 'helper']),
  id: z.string(),
  /** null where nothing of it is known here, as what it is named by. */
  kind: sessionKind.nullable(),
  ...called.shape,
})
export type Lineage = z.infer<typeof lineage>

export const sessionGetResult = sessionSummary.extend({
  /** Raw spans of the traces that name this session or one of its helpers below it. */
  spanCount: count,
  logCount: count,
  traceCount: count,
  /** Raw records of it are no longer stored: what is shown comes from facts. */
  pruned: z.boolean().optional(),
  /** Imports that added records to it after it was received; left out where there are none. */
  imports: z.array(importRun).optional(),
  /** What `differences` counts; left out where the witnesses agree, or there is one alone. */
  differenceList: z.array(difference).optional(),
  /** A fork whose file holds a copy of it: all that files tell of it, because its own was never found; left out where it was. */
  copiedIn: z.string().optional(),
  /** Sessions that it comes from and that come from it; left out where there are none. */
  lineage: z.array(lineage).optional(),
  /** What its own patches changed, its helpers' not among them; left out where no file tells. */
  changes: changes.optional(),
  /** What hooks and configuration say of it; left out where they say nothing. */
  attributes: z.array(attribute).optional(),
})

export type SessionDetails = z.infer<typeof sessionGetResult>
