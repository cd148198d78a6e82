import { text, type Attributes } from '../attributes.ts'

/** What a record and its sender say of themselves. */
export interface Said {
  /** Of the event or span. */
  readonly name: string
  readonly service: string
  /** Of the instrumentation that made it. */
  readonly scope: string
  readonly attributes: Attributes
}

/** codex_exec, codex_cli_rs, codex-app-server: what Codex calls its processes, its scopes and its modules. */
export function isCodexName(name: string): boolean {
  return /^codex(?:$|[-_.:])/.test(name)
}

/**
 * Whether a record is Codex's. What it says of itself decides before its sender's name, for a client of the app-server (an editor, a
 * program of one's own) gives the process a name of its own. Whatever Codex sends is read as Codex's, also where it has GenAI attributes.
 */
export function isCodex(said: Said): boolean {
  const { service, attributes } = said
  if (isOwn(said) || isCodexName(service)) return true
  return (
    text(attributes, 'conversation.id') !== null && !Object.keys(attributes).some((key) => key.startsWith('gen_ai.'))
  )
}

/**
 * Whether Codex itself made a record, and no hook or tool that was told the conversation: what its process is called is another's word
 * then, whatever that calls itself.
 */
export function isOwn({ name, scope, attributes }: Omit<Said, 'service'>): boolean {
  if (name.startsWith('codex.') || isCodexName(scope)) return true
  // On every span: the Rust module that it was made in.
  return isCodexName(text(attributes, 'target') ?? text(attributes, 'code.module.name') ?? '')
}

/** `thread.id` is the conversation where it is text; as a number it is an OS thread. */
export function conversationOf(attributes: Attributes): string | null {
  const threadId = attributes['thread.id']
  return (
    text(attributes, 'conversation.id') ??
    text(attributes, 'thread_id') ??
    (typeof threadId === 'string' && threadId !== '' ? threadId : null)
  )
}
