import type { ExportFormat, RedactionKind } from '../../../contract/exchange.ts'

export const formats: readonly { readonly id: ExportFormat; readonly name: string; readonly means: string }[] = [
  { id: 'json', name: 'Colophon JSON', means: 'facts and the original OTLP; importing it yields the same session' },
  { id: 'otlp', name: 'OTLP/JSON', means: 'the records as Codex sent them, one request per line' },
  { id: 'perfetto', name: 'Perfetto trace', means: 'for ui.perfetto.dev and chrome://tracing' },
  { id: 'markdown', name: 'Markdown summary', means: 'figures and turns, for a ticket or a review' },
]

export const redactions: readonly { readonly id: RedactionKind; readonly name: string; readonly means: string }[] = [
  { id: 'prompts', name: 'Prompts and answers', means: 'what you wrote, and what the model replied' },
  { id: 'arguments', name: 'Arguments', means: 'what tools were called with' },
  { id: 'output', name: 'Output', means: 'what tools returned' },
  { id: 'paths', name: 'Paths', means: 'home and project folders' },
  { id: 'email', name: 'E-mail and host names', means: 'addresses, and the names of machines' },
  { id: 'secrets', name: 'Secrets', means: 'whatever looks like a key, a token or a password' },
]
