import { shareKinds } from '../ledger/share.ts'
import { shareWords } from '../ledger/share-words.ts'
import { errorBeyondStatus } from '../codex/request-error.ts'
import { usd } from '../pricing/money.ts'
import { visible } from '../visible.ts'
import { findingLines } from './markdown-findings.ts'
import { sessionName } from '../session/name.ts'
import { isUntimed } from '../session/untimed.ts'
import type { ExportedSummary, SessionFileFacts } from './session-file.ts'
import type { Report, WorkedOut } from './worked-out.ts'

/** A summary to read, paste into a ticket or keep beside the code. Times of day are UTC. */
export function sessionMarkdown(
  { sessions, facts }: { readonly sessions: readonly ExportedSummary[]; readonly facts: SessionFileFacts },
  { redacted, workedOut }: Report,
): string {
  const [root, ...helpers] = sessions
  if (root === undefined) return ''
  const lines = [
    `# ${inline(sessionName(root))}`,
    '',
    ...figures(root, helpers, workedOut.cost),
    '',
    ...(redacted.length === 0 ? [] : [`Taken out before it was written: ${redacted.join(', ')}.`, '']),
    ...noteLines(root),
    ...findingLines(workedOut),
    ...ledger(workedOut.ledger),
    ...turnTable(root, facts),
    ...helperTable(helpers),
    ...errorList(sessions, facts),
  ]
  return `${lines.join('\n').trimEnd()}\n`
}

/** The user's own words, as they are written, each line quoted. */
function noteLines({ byUser }: ExportedSummary): string[] {
  const note = byUser?.note ?? null
  if (note === null) return []
  return ['## Note', '', ...note.split(/\r\n?|\n/).map((line) => `> ${inline(line)}`.trimEnd()), '']
}

function figures(root: ExportedSummary, helpers: readonly ExportedSummary[], cost: WorkedOut['cost']): string[] {
  const { tokens } = root
  const all = sum([root, ...helpers], (session) => session.tokens.input + session.tokens.output)
  const rows: [string, string][] = [
    ['Session', code(root.id)],
    ...(root.byUser?.name ? [['First prompt', inline(root.title ?? '')] as [string, string]] : []),
    ['Tags', (root.byUser?.tags ?? []).map(inline).join(', ')],
    ['Started', time(root.startedAtMs)],
    ['State', root.state],
    ['Wall time', wallWords(root.wallMs)],
    ['Inside turns', isUntimed(root.wallMs) ? '' : duration(root.busyMs)],
    ['Model', inline([root.model ?? 'not known', root.effort].filter(Boolean).join(', '))],
    ['Codex', inline([root.service, root.appVersion].filter(Boolean).join(' '))],
    ['Folder', inline(root.folder ?? 'not known')],
    ['Turns', String(root.turns)],
    ['Model responses', `${root.apiCalls}, ${root.failedApiCalls} failed, ${root.retries} retries`],
    ['Tool calls', `${root.toolCalls}, ${root.failedToolCalls} failed, ${root.nonZeroExits} with an exit code`],
    ['Tokens in', `${number(tokens.input)}, of them ${number(tokens.cached)} cached`],
    ['Tokens out', `${number(tokens.output)}, of them ${number(tokens.reasoning)} reasoning`],
    ['Cost', costWords(cost)],
    ['Helpers', helpers.length === 0 ? 'none' : `${helpers.length}; ${number(all)} tokens with them`],
    ['Errors', String(root.errors)],
  ]
  return table(
    ['', ''],
    rows.filter(([, value]) => value !== ''),
  )
}

function costWords({ total, own, label, priceVersion }: WorkedOut['cost']): string {
  if (total.costUsd === null) return 'not known: no price for its model'
  const parts = [
    usd(total.costUsd),
    ...(total.costUsd === own.costUsd ? [] : [`with helpers, ${usd(own.costUsd ?? 0)} by itself`]),
    ...(total.unpricedCalls === 0 ? [] : [`without ${total.unpricedCalls} of ${total.calls} responses`]),
  ]
  return `${parts.join(', ')} (${label}, prices of ${priceVersion})`
}

/** The shares of the session itself, turn by turn: each moment in one of them. */
function ledger({ wallMs, shares, turns }: WorkedOut['ledger']): string[] {
  const spent = (of: WorkedOut['ledger']['shares'], kind: string): number =>
    of.find((share) => share.kind === kind)?.ms ?? 0
  const kinds = shareKinds.filter((kind) => spent(shares, kind) > 0)
  if (turns.length === 0 || kinds.length === 0) return []
  const line = (name: string, ms: number, of: WorkedOut['ledger']['shares']): string[] => [
    ...[name, duration(ms)],
    ...kinds.map((kind) => (spent(of, kind) === 0 ? '' : duration(spent(of, kind)))),
  ]
  return [
    '## Where the time went',
    '',
    ...table(
      ['Turn', 'Duration', ...kinds.map((kind) => shareWords[kind])],
      [...turns.map((turn) => line(String(turn.number), turn.wallMs, turn.shares)), line('all', wallMs, shares)],
    ),
    '',
    'Every moment counts once: the shares of a line add up to its duration.',
    '',
  ]
}

function turnTable(root: ExportedSummary, facts: SessionFileFacts): string[] {
  const own = facts.turns.filter(({ sessionId }) => sessionId === root.id)
  if (own.length === 0) return []
  const rows = own.map((turn) => {
    const inTurn = <T extends { sessionId: string; turnId: string | null }>(items: readonly T[]): T[] =>
      items.filter(({ sessionId, turnId }) => sessionId === root.id && turnId === turn.turnId && turnId !== null)
    const calls = inTurn(facts.apiCalls)
    return [
      String(turn.number),
      time(turn.startMs).slice(11),
      turnLength(turn),
      turn.state,
      String(calls.length),
      toolWords(inTurn(facts.toolCalls)),
      number(sum(calls, ({ inputTokens, outputTokens }) => (inputTokens ?? 0) + (outputTokens ?? 0))),
      inline((turn.prompt ?? '').slice(0, 120)),
    ]
  })
  return [
    '## Turns',
    '',
    ...table(['#', 'Start', 'Duration', 'State', 'Responses', 'Tools', 'Tokens', 'Prompt'], rows),
    '',
  ]
}

const wallWords = (wallMs: number): string => (isUntimed(wallMs) ? 'not known' : duration(wallMs))

function turnLength({ startMs, endMs }: SessionFileFacts['turns'][number]): string {
  if (endMs === null) return 'open'
  return wallWords(endMs - startMs)
}

/** `exec_command ×3, apply_patch`: the tools by how often they were called. */
function toolWords(calls: SessionFileFacts['toolCalls']): string {
  const counts = new Map<string, number>()
  for (const { tool, role } of calls) {
    const name = tool ?? 'unknown'
    if (role === 'call') counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  const sorted = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
  return sorted.map(([tool, count]) => (count === 1 ? inline(tool) : `${inline(tool)} ×${count}`)).join(', ')
}

function helperTable(helpers: readonly ExportedSummary[]): string[] {
  if (helpers.length === 0) return []
  const rows = helpers.map((helper) => [
    helper.kind,
    inline(sessionName(helper)),
    wallWords(helper.wallMs),
    String(helper.apiCalls),
    String(helper.toolCalls),
    number(helper.tokens.input + helper.tokens.output),
  ])
  return ['## Helpers', '', ...table(['Kind', 'What', 'Wall time', 'Responses', 'Tool calls', 'Tokens'], rows), '']
}

const mostErrors = 50

function errorList(sessions: readonly ExportedSummary[], facts: SessionFileFacts): string[] {
  const found = [
    ...facts.apiCalls
      .filter(({ status }) => status === 'failed')
      .map((call) => ({ atMs: call.atMs, words: `response failed: ${call.error ?? ''}` })),
    ...facts.attempts
      .filter(({ success }) => !success)
      .map((attempt) => ({
        atMs: attempt.atMs,
        words:
          `request ${attempt.endpoint ?? ''} failed: ${attempt.statusCode ?? ''} ${errorBeyondStatus(attempt.statusCode, attempt.error) ?? ''}`.trimEnd(),
      })),
    ...facts.turns
      .filter(({ state }) => state === 'failed')
      .map((turn) => ({ atMs: turn.endMs ?? turn.startMs, words: `turn ${turn.number} failed: ${turn.error ?? ''}` })),
    ...facts.toolCalls
      .filter(({ success, exitCode, role }) => role === 'call' && (success === false || (exitCode ?? 0) !== 0))
      .map((call) => ({
        atMs: call.endMs ?? call.startMs ?? 0,
        words: `${call.tool ?? 'tool'} ${call.exitCode === null ? 'failed' : `ended with exit code ${call.exitCode}`}: ${call.summary ?? ''}`,
      })),
  ].sort((a, b) => a.atMs - b.atMs)
  if (found.length === 0) return []
  const lines = found
    .slice(0, mostErrors)
    .map(({ atMs, words }) => `- ${time(atMs).slice(11)} ${inline(words.slice(0, 300))}`)
  const rest = found.length - lines.length
  return [
    `## Errors${sessions.length > 1 ? ', helpers included' : ''}`,
    '',
    ...lines,
    ...(rest > 0 ? [`- and ${rest} more`] : []),
    '',
  ]
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)]
}

/** On one line, with what Markdown would read as its own signs escaped. */
function inline(text: string): string {
  return visible(text.replace(/\s+/g, ' ').trim()).replace(/[\\`*_|<>[\]#]/g, '\\$&')
}

/** Ids are the product's own for Codex, and any text for others: a code span has no escapes, so only what needs none stands in one. */
function code(id: string): string {
  return /^[\w.:@/-]+$/.test(id) ? `\`${id}\`` : inline(id)
}

function time(ms: number): string {
  return new Date(ms).toISOString().replace('T', ' ').slice(0, 19)
}

function duration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`
  const seconds = Math.round(ms / 1000)
  const hours = Math.floor(seconds / 3600)
  const minutes = Math.floor((seconds % 3600) / 60)
  return hours > 0 ? `${hours} h ${minutes} min` : `${minutes} min ${seconds % 60} s`
}

function number(value: number): string {
  return value.toLocaleString('en-US')
}

function sum<T>(items: readonly T[], pick: (item: T) => number): number {
  return items.reduce((total, item) => total + pick(item), 0)
}
