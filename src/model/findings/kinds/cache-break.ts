import { groupBy } from '../../group-by.ts'
import { cacheFalls, cacheKey, type CacheCause } from '../cache-falls.ts'
import type { KindOfFinding } from '../candidate.ts'
import type { FindingFix } from '../finding.ts'
import { shortCount, shortDuration } from '../../tree/words.ts'
import { thresholds } from '../thresholds.ts'
import { times, withLost } from '../words.ts'

const why: Readonly<Record<CacheCause, string>> = {
  compaction: 'after a compaction',
  model: 'as the model changed',
  effort: 'as the effort changed',
  pause: 'after a pause',
  tools: 'as the tools changed',
  instructions: 'as the instructions changed',
  unknown: 'for a reason that nothing received explains',
}

const help: Readonly<Record<CacheCause, string>> = {
  compaction: 'A compaction writes the beginning of the prompt again.',
  model: 'Each model has a cache of its own: change it in a new session.',
  effort: 'What the effort changes at the beginning of a prompt is read again: choose it before the first prompt.',
  pause: 'A cached prompt is forgotten after some minutes: a long session costs more after each break than a new one.',
  tools:
    'Tools stand at the beginning of a prompt, which is read again when they change: settle on MCP servers and features before the first prompt.',
  instructions: 'Instructions stand early in a prompt: change AGENTS.md and skills between sessions, not within one.',
  unknown: 'A change of tools or instructions, as when an MCP server comes or goes, changes the beginning of a prompt.',
}

export const cacheBreak: KindOfFinding = {
  kind: 'cache-break',
  name: (subject) => `the cache lost ${why[subject as CacheCause]}`,
  definition: `The cached share of a call's input fell by at least ${thresholds.cacheFall * 100} points against the call before it, which is ${thresholds.cacheTokens} tokens or more that were read again. What is lost is what the tokens cost that would have been cached at the share before; when the pause was ${shortDuration(thresholds.cacheLifeMs)} or longer, that is named as the cause; else that the tools or instructions changed between the two calls, as far as a session file or MCP servers that come and go tell.`,
  needs: "codex.sse_event (logs), or Codex's own session file",
  waitsFor:
    "It waits for codex.sse_event (logs) or Codex's own session files, which say how many tokens came from the cache.",
  sources: ['logs', 'files'],
  find: (context) =>
    [...groupBy(cacheFalls(context), ({ cause }) => cause)].map(([subject, falls]) => {
      const cause = subject as CacheCause
      const tokens = falls.reduce((sum, fall) => sum + fall.tokens, 0)
      const longest = Math.max(...falls.map(({ pause }) => pause))
      const after =
        cause === 'pause'
          ? `after ${falls.length === 1 ? 'a pause' : 'pauses'} of up to ${shortDuration(longest / 1e6)}`
          : why[cause]
      const fix: FindingFix = { type: 'hint', text: help[cause] }
      return {
        subject,
        times: falls.length,
        rowIds: falls.flatMap(({ call }) => (call.row === null ? [] : [call.row.id])),
        at: falls[0]?.call.at ?? 0,
        time: [],
        from: [],
        money: falls.map((fall) => ({ of: cacheKey(fall), usd: fall.usd })),
        confidence: 'bound',
        say: (lost) => ({
          title: withLost(
            `The cache was lost ${times(falls.length)} ${after}, ${shortCount(tokens)} tokens read again`,
            lost,
            true,
          ),
          verdict: `the cache lost ${why[cause]}`,
        }),
        fix,
      }
    }),
}
