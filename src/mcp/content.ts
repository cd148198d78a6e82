import type { Agents } from '../contract/settings.ts'
import { replaceSecrets } from '../model/exchange/secrets.ts'
import type { FindingKind } from '../model/findings/finding.ts'

export type ContentKind = 'prompt' | 'arguments' | 'output'

/** What of people's own words and work goes out to whoever asks: as the user's settings have it. */
export interface Content {
  /** The text, or how long it is where that is all that may be told. */
  readonly text: (kind: ContentKind, text: string) => string
  /** The same for texts that may be missing. */
  readonly maybe: (kind: ContentKind, text: string | null) => string | null
  /** A sentence of Colophon's own with names in backticks, which of these kinds are parts of commands. */
  readonly sentence: (sentence: string, kinds: readonly FindingKind[]) => string
  /** The same where it is not known which kinds it is about. */
  readonly anySentence: (sentence: string) => string
  /** A tool with the command that it ran, as durations are kept by: `exec_command cargo`. */
  readonly call: (name: string) => string
  /** The same behind a word of what it is: `tool exec_command cargo`. */
  readonly figure: (name: string) => string
  /** What a log record says in a line. */
  readonly log: (event: string, summary: string) => string
  readonly shows: (kind: ContentKind) => boolean
}

/** Findings about a command or a file: what they name was an argument. */
const namesArguments: ReadonlySet<FindingKind> = new Set<FindingKind>([
  'approval-friction',
  'sandbox-rerun',
  'repeated-failure',
  'repeated-read',
  'slow-command',
  'big-output',
  'idle-poll',
])

/** Log records whose line is, or may be, what somebody said or did. */
const logsOf: Readonly<Record<string, readonly ContentKind[]>> = {
  'codex.user_prompt': ['prompt'],
  'codex.tool_result': ['arguments', 'output'],
  'codex.tool_decision': ['arguments'],
  'codex.agent_communication': ['arguments'],
  'codex.agent_response': ['output'],
  'codex.guardian_assessment': ['output'],
}

export function contentOf(agents: Agents): Content {
  const allowed: Readonly<Record<ContentKind, boolean>> = {
    prompt: agents.showPrompts,
    arguments: agents.showArguments,
    output: agents.showOutputs,
  }
  const text = (kind: ContentKind, whole: string): string =>
    allowed[kind] || whole === '' ? whole : `(${kind} of ${whole.length} characters)`
  const anySentence = (sentence: string): string =>
    allowed.arguments ? sentence : sentence.replace(/`[^`]*`/g, (name) => `(${name.length - 2} characters)`)
  const call = (name: string): string =>
    allowed.arguments || name.startsWith('mcp ') ? name : (name.split(' ')[0] ?? name)
  return {
    text,
    call,
    figure: (name) => (name.startsWith('tool ') ? `tool ${call(name.slice('tool '.length))}` : name),
    log: (event, summary) => (logsOf[event] ?? []).reduce((words, kind) => text(kind, words), summary),
    maybe: (kind, whole) => (whole === null ? null : text(kind, whole)),
    sentence: (sentence, kinds) => (kinds.some((kind) => namesArguments.has(kind)) ? anySentence(sentence) : sentence),
    anySentence,
    shows: (kind) => allowed[kind],
  }
}

/** As exports take them out. */
export function withoutSecrets(text: string): string {
  return replaceSecrets(text, () => undefined)
}
