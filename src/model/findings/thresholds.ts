/** From where on something is a finding, each with its reason: below, it is how work with an agent simply is. */
export const thresholds = {
  /** Twice may be chance; whoever says yes a third time will say it again. */
  approvals: 3,
  /** Below a twentieth of the work nobody notices the reviewer. */
  reviewerShare: 0.05,
  /** A percentile of fewer calls is that of a few days. */
  knownCalls: 30,
  /** Commands repeat less often than model calls. */
  knownRuns: 20,
  percentile: 0.95,
  /** A command that is slow for itself, and yet costs no one a second, is none to look at. */
  slowCommandMs: 1000,
  slowFirstItemMs: 1000,
  reasoningShare: 0.7,
  /** Of a short answer all is reasoning: it costs next to nothing. */
  reasoningTokens: 1000,
  /** Points of the cached share: less is the new part of a prompt. */
  cacheFall: 0.3,
  /** OpenAI caches prompts of this length and more (platform docs, prompt caching). */
  cacheTokens: 1024,
  /** A cached prefix lives for 5 to 10 minutes of silence (platform docs, prompt caching). */
  cacheLifeMs: 300_000,
  contextShare: 0.8,
  /** The third failure of one and the same call is no experiment. */
  failures: 3,
  /** What was read three times may have changed in between. */
  reads: 4,
  idlePollMs: 5000,
  serialMs: 1000,
  mcpShare: 0.1,
  /** A turn waits for the servers that start with it: less than half a second of it nobody notices. */
  mcpStartMs: 500,
  mcpFailures: 0.3,
  /** A rate needs some calls to be one. */
  mcpCalls: 3,
  helperShare: 0.3,
  /** A few cents of helpers are what the product needs to work. */
  helperUsd: 0.05,
  outputShare: 0.2,
  /** A fifth of a short prompt is a short output. */
  outputTokens: 2000,
  unaccountedShare: 0.25,
  /** A quarter of a moment is what nobody waits for. */
  unaccountedMs: 1000,
} as const
