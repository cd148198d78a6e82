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
  /** One of twenty is slow by chance; what is beyond that is told. */
  percentile: 0.95,
  /** A command that is slow for itself, and yet costs no one a second, is none to look at. */
  slowCommandMs: 1000,
  /** Within a second nobody notices how much later than usual an answer began. */
  slowFirstItemMs: 1000,
  /** Where more than two thirds of an output were thought and not written, the effort is the first thing to question. */
  reasoningShare: 0.7,
  /** Of a short answer all is reasoning: it costs next to nothing. */
  reasoningTokens: 1000,
  /** Points of the cached share: less is the new part of a prompt. */
  cacheFall: 0.3,
  /** OpenAI caches prompts of this length and more (platform docs, prompt caching). */
  cacheTokens: 1024,
  /** A cached prefix lives for 5 to 10 minutes of silence (platform docs, prompt caching). */
  cacheLifeMs: 300_000,
  /** With a fifth of the window left there is still time to sum up, or to begin anew, at a good moment. */
  contextShare: 0.8,
  /** The third failure of one and the same call is no experiment. */
  failures: 3,
  /** What was read three times may have changed in between. */
  reads: 4,
  /** Polling is how a model waits: a few seconds of it are its pace. */
  idlePollMs: 5000,
  /** What side by side would have saved less than a second is none to look at. */
  serialMs: 1000,
  /** A tenth of the work is what one would notice without the server. */
  mcpShare: 0.1,
  /** A turn waits for the servers that start with it: less than half a second of it nobody notices. */
  mcpStartMs: 500,
  /** A model tries again after a mistake of its own; what fails every third time is broken. */
  mcpFailures: 0.3,
  /** A rate needs some calls to be one. */
  mcpCalls: 3,
  /** Helpers are there to do some of the work: from a third on they are most of what is left to save. */
  helperShare: 0.3,
  /** A few cents of helpers are what the product needs to work. */
  helperUsd: 0.05,
  /** A fifth of what is new is more than any other single thing in it. */
  outputShare: 0.2,
  /** A fifth of a short prompt is a short output. */
  outputTokens: 2000,
  /** A quarter that nothing explains makes the other shares doubtful. */
  unaccountedShare: 0.25,
  /** A quarter of a moment is what nobody waits for. */
  unaccountedMs: 1000,
} as const
