import { z } from 'zod'
import { sessionSummary } from '../model/session/summary.ts'
import { difference } from '../model/session/witness.ts'
import { findingsResult } from './findings.ts'
import { historyForgotten, historyScanned, historyStatus } from './history.ts'
import { ledgerResult } from './ledger.ts'
import { limitListResult } from './limits.ts'
import { sessionListResult } from './session.ts'
import { treeRow } from '../model/tree/row.ts'

/** What the commands of a terminal print with --json: one object, on one line; `project` prints such a line each time. */

const count = z.number().int().nonnegative()
const usd = z.number().nullable()

const spending = z.object({
  /** Completed responses of the model, those of helpers as well. */
  calls: count,
  /** Of these, calls without a known price: they are not in `costUsd`. */
  unpricedCalls: count,
  input: count,
  /** Of `input`. */
  cached: count,
  output: count,
  /** Of `output`. */
  reasoning: count,
  /** What the priced calls would cost over the API; null where none has a price. */
  costUsd: usd,
})

const explained = findingsResult.extend({ id: z.string(), title: z.string() })

const shown = z.object({
  session: sessionSummary,
  /** What `differences` of the session counts. */
  differenceList: z.array(difference),
  /** As of `session.get`. */
  copiedIn: z.string().optional(),
  ledger: ledgerResult,
  findings: findingsResult,
  /** In display order, parents before children; made of facts alone, so that `spanCount` is 0. */
  rows: z.array(treeRow),
})

const namedSpending = spending.extend({
  /** A day, a model, a project; of a session what it is called. */
  name: z.string(),
  sessionId: z.string().nullable(),
})

const costs = z.object({
  fromMs: z.number(),
  toMs: z.number(),
  by: z.enum(['day', 'model', 'project', 'session']),
  /** Days in their order, everything else the dearest first. */
  rows: z.array(namedSpending),
  /** Those that `--limit` leaves out: of days the earlier ones, of all else the cheaper ones. */
  moreRows: count,
  /** Of all of them. */
  total: spending,
})

/** within: as it stands, and at today's pace. will_pass: not yet, but before its period is over at today's pace. */
const budgetState = z.enum(['within', 'will_pass', 'passed'])

const budget = z.object({
  measure: z.enum(['usd', 'tokens']),
  per: z.enum(['hour', 'day', 'month']),
  limit: z.number(),
})

const budgets = z.object({
  /** The worst of them. */
  state: budgetState,
  budgets: z.array(
    budget.extend({
      spent: z.number(),
      /** At the end of the period, at today's pace. */
      projected: z.number(),
      state: budgetState,
    }),
  ),
})

const statusFigures = z.object({
  costUsd: usd,
  calls: count,
  unpricedCalls: count,
  /** Of the input of today; null without any. */
  cachedShare: z.number().min(0).max(1).nullable(),
  /** How full the windows of the usage limit of all models are, short ones first; without those that were reset since. */
  limits: z.array(z.object({ windowMinutes: z.number(), usedPercent: z.number() })),
  /** Why there are no figures, in words; null where these are right. */
  problem: z.string().nullable(),
})

const resumed = z.object({ id: z.string(), folder: z.string().nullable(), command: z.string() })

/** Where everything is once it runs. Addresses are null of what does not receive. */
const serving = z.object({
  url: z.url(),
  /** Whoever asks the page's API shows it. */
  token: z.string(),
  otlpGrpc: z.string().nullable(),
  otlpHttp: z.url().nullable(),
  /** The folder of the database. */
  data: z.string(),
  pid: count,
})

const projected = z.object({
  /** How many have new facts, and the records that these come from. */
  sessions: count,
  spans: count,
  logs: count,
  seconds: z.number().nonnegative(),
  /** How much newer the newest record is than the newest of which facts were made. */
  lagSeconds: z.number(),
})

/** By the name of the command. */
export const commandResults = {
  sessions: sessionListResult,
  show: shown,
  explain: explained,
  costs,
  limits: limitListResult,
  budget: budgets,
  statusline: statusFigures,
  resume: resumed,
  /** scan, status, forget. */
  history: z.union([historyScanned, historyStatus, historyForgotten]),
  serve: serving,
  project: projected,
} as const

export type CommandResults = { readonly [N in keyof typeof commandResults]: z.output<(typeof commandResults)[N]> }

export type Spending = z.output<typeof spending>
export type NamedSpending = z.output<typeof namedSpending>
export type SpendingBy = z.output<typeof costs>['by']
export type Budget = z.output<typeof budget>
