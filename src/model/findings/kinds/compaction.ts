import { shortCount } from '../../tree/words.ts'
import { cacheFalls, cacheKey } from '../cache-falls.ts'
import type { KindOfFinding } from '../candidate.ts'
import type { CallInRow, FindingContext } from '../context.ts'
import type { FindingFix } from '../finding.ts'
import { many, withLost } from '../words.ts'
import { windowAt } from '../context-fill.ts'

const slackNs = 2_000_000

export const compaction: KindOfFinding = {
  kind: 'compaction',
  name: () => 'compactions',
  definition:
    'Each compaction: the time inside turns that it took, what its own model calls cost, and what the next call paid for the cache that it broke.',
  needs: "codex.compaction (traces), or Codex's own session file",
  waitsFor:
    "It waits for codex.compaction (traces) or Codex's own session files, which say when the context was summed up.",
  sources: ['traces', 'files'],
  find(context) {
    const { session, rows, calls } = context
    const compactions = session.compactions.toSorted((a, b) => a.start - b.start)
    const [first] = compactions
    if (first === undefined) return []
    const own = calls.filter(({ at }) => compactions.some(({ start, end }) => start < at && at <= end + slackNs))
    const tokens = own.reduce((sum, { input, output }) => sum + input + output, 0)
    const broken = cacheFalls(context).filter(({ cause }) => cause === 'compaction')
    const compacted = rows.all.filter(({ kind }) => kind === 'compaction')
    const atMost = compactions.some((one) => one.atMost) || broken.length > 0
    return [
      {
        subject: '',
        times: compactions.length,
        rowIds: [
          ...compacted.map(({ id }) => id),
          ...broken.flatMap(({ call }) => (call.row === null ? [] : [call.row.id])),
        ],
        at: first.start,
        time: compactions,
        // Whatever else goes on at the same time would have taken its time anyway.
        from: ['model_wait', 'model_stream', 'model', 'retry', 'unaccounted'],
        money: [
          ...own.map(({ at, usd }) => ({ of: `call ${at}`, usd })),
          ...broken.map((fall) => ({ of: cacheKey(fall), usd: fall.usd })),
        ],
        confidence: atMost ? 'bound' : 'exact',
        say: (lost) => ({
          title: withLost(
            `${many(compactions.length, 'compaction')}${tokens === 0 ? '' : ` of ${shortCount(tokens)} tokens`}`,
            lost,
            atMost,
          ),
          verdict: many(compactions.length, 'compaction'),
        }),
        fix: fixOf(
          context,
          calls.findLast(({ at }) => at <= first.start),
        ),
      },
    ]
  },
}

/** Codex compacts at nine tenths of the window unless it was told to do so earlier. */
const usualShare = 0.9
const earlyShare = 0.8

function fixOf(context: FindingContext, before: CallInRow | undefined): FindingFix {
  const window = before === undefined ? null : windowAt(context, before.at)
  // One that a person asked for has no reason, and no limit that brought it about.
  const isOwnDoing = context.session.compactions.some(({ reason }) => reason !== null)
  if (isOwnDoing && window !== null && before !== undefined && before.input < window * earlyShare)
    return {
      type: 'config',
      changes: [{ path: ['model_auto_compact_token_limit'], value: Math.floor(window * usualShare), adds: false }],
      why: `It compacted at ${shortCount(before.input)} of ${shortCount(window)} tokens: with this it does so later.`,
    }
  return {
    type: 'hint',
    text: 'A new session for each new task avoids compaction, and shorter tool outputs delay it.',
  }
}
