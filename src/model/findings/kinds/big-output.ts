import { groupBy } from '../../group-by.ts'
import { historyName } from '../../ledger/history.ts'
import { countBelow } from '../../sorted.ts'
import { shortCount } from '../../tree/words.ts'
import type { KindOfFinding } from '../candidate.ts'
import type { CallInRow, FindingContext } from '../context.ts'
import { thresholds } from '../thresholds.ts'
import { toolCalls, type ToolCall } from '../tool-calls.ts'
import { many, named, percent, withLost } from '../words.ts'

/** Codex itself counts four bytes a token where it has no tokenizer. */
const charactersPerToken = 4

interface BigOutput {
  readonly call: ToolCall
  readonly next: CallInRow
  readonly tokens: number
}

export const bigOutput: KindOfFinding = {
  kind: 'big-output',
  name: (subject) => `big outputs of ${named(subject)}`,
  definition: `Outputs of tools that made at least ${percent(thresholds.outputShare)} of what was new in the next call's input, and about ${thresholds.outputTokens} tokens or more at ${charactersPerToken} characters a token. What is lost at most is their price in that call.`,
  needs: "Codex's own session file",
  waitsFor: "It waits for Codex's own session files, which alone say how much of an output the model was given.",
  sources: ['files'],
  find: (context) =>
    [...groupBy(bigOutputs(context), ({ call }) => historyName(call.row.label, call.row.detail))].map(
      ([name, outputs]) => {
        const subject = name.split(' ').at(-1) ?? name
        const tokens = outputs.reduce((sum, one) => sum + one.tokens, 0)
        const biggest = Math.max(...outputs.map((one) => one.tokens))
        return {
          subject,
          times: outputs.length,
          rowIds: outputs.map(({ call }) => call.row.id),
          at: outputs[0]?.call.row.start ?? 0,
          time: [],
          from: [],
          money: outputs.map(({ call, next, tokens: of }) => ({
            of: `output ${call.row.id}`,
            usd: next.rates === null ? null : of * next.rates.input,
          })),
          confidence: 'bound',
          say: (lost) => ({
            title: withLost(
              `${many(outputs.length, 'output')} of ${named(subject)} put about ${shortCount(tokens)} tokens into the context`,
              lost,
              true,
            ),
            verdict: `${many(outputs.length, 'big output')} of ${named(subject)}`,
          }),
          fix: {
            type: 'config',
            changes: [{ path: ['tool_output_token_limit'], value: limitBelow(biggest), adds: false }],
            why: `The biggest output was about ${shortCount(biggest)} tokens long: with this, half of it is cut out of the middle.`,
          },
        }
      },
    ),
}

function limitBelow(tokens: number): number {
  return Math.max(1000, Math.round(tokens / 2 / 500) * 500)
}

function bigOutputs(context: FindingContext): BigOutput[] {
  const { file, calls } = context
  if (file === null) return []
  // The first that began from a moment on stands where the latest beginning so far reaches it.
  let latest = -Infinity
  const begunBy = calls.map(({ at, row: made }) => (latest = Math.max(latest, made?.start ?? at)))
  return toolCalls(context).flatMap((call): BigOutput[] => {
    const { tool, row } = call
    const tokens = Math.round((file.outputs.get(tool.callId) ?? 0) / charactersPerToken)
    if (tokens < thresholds.outputTokens) return []
    const next = calls[countBelow(begunBy, (row.end ?? row.start) - slackNs)]
    if (next === undefined) return []
    const before = calls.findLast(({ at }) => at < next.at)
    const fresh = next.input - (before?.input ?? 0)
    return fresh > 0 && tokens >= fresh * thresholds.outputShare
      ? [{ call, next, tokens: Math.min(tokens, fresh) }]
      : []
  })
}

/** What a file says of times is whole milliseconds. */
const slackNs = 2_000_000
