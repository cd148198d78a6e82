import { redactedText, type RedactionKind } from './redaction.ts'

const ownPrompts = ['Generate a concise, single-line task title', '>>> APPROVAL REQUEST START']
const exitLine = /^Process exited with code -?\d{1,10}$/m

/**
 * What stands in the place of a content that is left out. Words of Codex's own that tell what a record is stay: the opening of the
 * prompts that it writes itself, and the line with a command's exit code.
 */
export function replacement(kind: RedactionKind, before: string): string {
  const kept =
    kind === 'prompts'
      ? ownPrompts.find((words) => before.startsWith(words) || (words.startsWith('>') && before.includes(words)))
      : kind === 'output'
        ? exitLine.exec(before.slice(0, 2000))?.[0]
        : undefined
  return kept === undefined ? redactedText : `${kept}\n${redactedText}`
}
