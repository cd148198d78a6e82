import { shortCount } from '../tree/words.ts'

/** What one source counts of a session; null: it does not say. */
export interface TokenCount {
  readonly source: 'responses' | 'turns' | 'metrics' | 'file'
  readonly input: number | null
  readonly cached: number | null
  readonly output: number | null
  readonly reasoning: number | null
  /** Input and output. */
  readonly total: number
}

export interface ResponseTokens {
  readonly turnId: string | null
  readonly input: number
  readonly cached: number
  readonly output: number
  readonly reasoning: number
  /** Of a call that compacts. */
  readonly compacts: boolean
}

export interface TokenSources {
  /** As the telemetry tells of them. */
  readonly responses: readonly ResponseTokens[]
  /** As Codex's own session file does; null where none was read. */
  readonly file: readonly ResponseTokens[] | null
  /** What the span of each turn adds up to; null: it was interrupted, and says nothing. */
  readonly turns: readonly { readonly turnId: string; readonly total: number | null }[]
  /** Codex's own sums by the minute; null where others ran in the same minutes, for they name no session. */
  readonly metrics: Omit<TokenCount, 'source' | 'total'> | null
}

export interface Reconciled {
  /** One for each source that says something; the responses first. */
  readonly tokens: readonly TokenCount[]
  /** Why they differ; null where they agree. */
  readonly differ: string | null
}

/** What each source says that a session used, and why one says less than another, as far as that is known. */
export function reconcile({ responses, file, turns, metrics }: TokenSources): Reconciled {
  const own = sumOf('responses', responses)
  const rolled = turns.reduce((sum, { total }) => sum + (total ?? 0), 0)
  const unknown = { input: null, cached: null, output: null, reasoning: null }
  const counts: readonly (TokenCount | null)[] = [
    responses.length === 0 ? null : own,
    turns.some(({ total }) => total !== null) ? { source: 'turns', ...unknown, total: rolled } : null,
    metrics === null ? null : { source: 'metrics', ...metrics, total: (metrics.input ?? 0) + (metrics.output ?? 0) },
    file === null ? null : sumOf('file', file),
  ]
  const tokens = counts.filter((count) => count !== null)
  const [whole, ...others] = tokens
  if (whole === undefined) return { tokens, differ: null }
  const missing = missingParts(responses.length === 0 ? (file ?? []) : responses, turns)
  const sentences = others.flatMap(({ source, total }) => {
    const less = whole.total - total
    if (less === 0) return []
    const parts = source === 'file' ? [] : missing
    const known = parts.reduce((sum, part) => sum + part.tokens, 0)
    const words = parts.map((part) => `${shortCount(part.tokens)} ${part.words}`)
    if (less !== known) words.push(`${shortCount(Math.abs(less - known))} that nothing explains`)
    const more = less < 0 ? 'more' : 'less'
    return [
      `${names[source]} ${shortCount(Math.abs(less))} tokens ${more} than ${names[whole.source]}: ${words.join(', ')}.`,
    ]
  })
  return { tokens, differ: sentences.length === 0 ? null : sentences.join(' ') }
}

const names: Readonly<Record<TokenCount['source'], string>> = {
  responses: 'the completed responses',
  turns: 'The turns add up to',
  metrics: 'The metrics say',
  file: "Codex's session file says",
}

function sumOf(source: 'responses' | 'file', calls: readonly ResponseTokens[]): TokenCount {
  const sum = (key: 'input' | 'cached' | 'output' | 'reasoning'): number =>
    calls.reduce((total, call) => total + call[key], 0)
  const [input, output] = [sum('input'), sum('output')]
  return { source, input, cached: sum('cached'), output, reasoning: sum('reasoning'), total: input + output }
}

/** What Codex's own sums leave out: turns that were interrupted, calls outside any turn, and what a compaction by the API used. */
function missingParts(
  calls: readonly ResponseTokens[],
  turns: TokenSources['turns'],
): { tokens: number; words: string }[] {
  const totals = new Map(turns.map(({ turnId, total }) => [turnId, total]))
  const size = (of: readonly ResponseTokens[]): number => of.reduce((sum, { input, output }) => sum + input + output, 0)
  const cut = calls.filter(({ turnId }) => turnId !== null && totals.get(turnId) === null)
  const outside = calls.filter(({ turnId }) => turnId === null || !totals.has(turnId))
  const compacting = [...totals].flatMap(([turnId, total]) => {
    const own = calls.filter((call) => call.turnId === turnId)
    const compacts = own.filter(({ compacts: is }) => is)
    return total !== null && size(own) - total === size(compacts) ? compacts : []
  })
  return [
    { tokens: size(cut), words: 'of turns that were interrupted' },
    { tokens: size(outside), words: 'of calls outside a turn that has ended' },
    { tokens: size(compacting), words: 'of calls that compacted' },
  ].filter(({ tokens }) => tokens > 0)
}
