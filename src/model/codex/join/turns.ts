import type { Evidence, MentionEvidence, TurnSpanEvidence } from '../settle/evidence.ts'
import type { FileEvidence, FileTurn } from './file-evidence.ts'

/**
 * A turn's span tells its times best; the file tells how it ended, and knows turns whose span never came. It ends every turn that ended,
 * so no guess has to close one.
 */
export function joinTurns(evidence: Evidence, file: FileEvidence, promptTurns: ReadonlyMap<number, string>): Evidence {
  const known = new Map(file.turns.map((turn) => [turn.turnId, turn]))
  const mentioned = new Set(evidence.mentions.map(({ turnId }) => turnId))
  const spans = new Set(evidence.turnSpans.map(({ turnId }) => turnId))
  const starts = startsOf(evidence, file, promptTurns)
  const [ended, open]: [TurnSpanEvidence[], MentionEvidence[]] = [[], []]
  for (const { turnId, end, state, effort } of file.turns) {
    const start = starts.get(turnId)
    if (spans.has(turnId) || start === undefined) continue
    const witness = mentioned.has(turnId) ? 'both' : 'file'
    if (end === null) open.push({ turnId, firstAt: start, witness })
    else ended.push({ turnId, start, end: Math.max(start, end), effort, totalTokens: 0, told: state, witness })
  }
  const opened = new Set(open.map(({ turnId }) => turnId))
  const lastStart = ended.reduce((last, { start }) => Math.max(last, start), -Infinity)
  return {
    ...evidence,
    seenSpans: evidence.seenSpans || open.some(({ firstAt }) => lastStart < firstAt),
    understood: true,
    turnSpans: [
      ...evidence.turnSpans.map((span): TurnSpanEvidence => {
        const turn = known.get(span.turnId)
        return turn === undefined ? span : { ...span, told: turn.state, witness: 'both' }
      }),
      ...ended,
    ],
    mentions: [...evidence.mentions.filter(({ turnId }) => !opened.has(turnId)), ...open],
    ...settingsOf(evidence, file, starts),
  }
}

/** A turn of the file begins with its line, else with the first thing that is in it: a prompt's log may be written a moment before. */
function startsOf(
  { mentions }: Evidence,
  { turns, answers, prompts, tools }: FileEvidence,
  promptTurns: ReadonlyMap<number, string>,
): ReadonlyMap<string, number> {
  const first = new Map<string, number>()
  const note = (turnId: string | null, at: number | null): void => {
    if (turnId !== null && at !== null) first.set(turnId, Math.min(first.get(turnId) ?? at, at))
  }
  for (const [at, turnId] of promptTurns) note(turnId, at)
  for (const { turnId, firstAt } of mentions) note(turnId, firstAt)
  for (const { turnId, start } of turns) note(turnId, start)
  const unbegun = new Set(turns.filter(({ start }) => start === null).map(({ turnId }) => turnId))
  const noteUnbegun = (turnId: string | null, at: number | null): void => {
    if (turnId !== null && unbegun.has(turnId)) note(turnId, at)
  }
  for (const { turnId, at } of [...answers, ...prompts]) noteUnbegun(turnId, at)
  for (const { turnId, start } of tools) noteUnbegun(turnId, start)
  for (const { turnId, end } of turns) noteUnbegun(turnId, end)
  return first
}

/** What a session was set to, where no record of the telemetry says it. */
function settingsOf(
  { starts, folders }: Evidence,
  file: FileEvidence,
  begun: ReadonlyMap<string, number>,
): Pick<Evidence, 'starts' | 'folders'> {
  const set = file.turns.flatMap((turn): (FileTurn & { at: number })[] => {
    const at = begun.get(turn.turnId)
    return at === undefined || turn.model === null ? [] : [{ ...turn, at }]
  })
  const began = file.folder === null ? [] : [{ start: 0, folder: file.folder }]
  return {
    starts: starts.length > 0 ? starts : set,
    folders: folders.length > 0 ? folders : began,
  }
}
