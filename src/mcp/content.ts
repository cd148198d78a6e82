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

export function contentOf(agents: Agents): Content {
  const allowed: Readonly<Record<ContentKind, boolean>> = {
    prompt: agents.showPrompts,
    arguments: agents.showArguments,
    output: agents.showOutputs,
  }
  const text = (kind: ContentKind, whole: string): string =>
    allowed[kind] || whole === '' ? whole : `(${kind} of ${whole.length} characters)`
  return {
    text,
    maybe: (kind, whole) => (whole === null ? null : text(kind, whole)),
    sentence: (sentence, kinds) =>
      allowed.arguments || !kinds.some((kind) => namesArguments.has(kind))
        ? sentence
        : sentence.replace(/`[^`]*`/g, (name) => `(${name.length - 2} characters)`),
    shows: (kind) => allowed[kind],
  }
}

/** As exports take them out. */
export function withoutSecrets(text: string): string {
  return replaceSecrets(text, () => undefined)
}
