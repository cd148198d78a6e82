import type { Role } from './producer.ts'

const words: ReadonlyMap<string, Role> = new Map([
  ...ofRole('call', 'chat text_completion generate_content responses response embeddings completion embedding rerank'),
  // LiteLLM's, without the `a` that it puts before what does not block.
  ...ofRole('call', 'anthropic_messages image_generation image_edit transcription speech moderation ocr realtime'),
  ...ofRole('agent', 'invoke_agent invoke_workflow agent'),
  ...ofRole('tool', 'execute_tool tool'),
])

function ofRole(role: Role, names: string): readonly (readonly [string, Role])[] {
  return names.split(' ').map((name) => [name, role] as const)
}

/** Of an operation's word, as the conventions, OpenLLMetry and LiteLLM have them; `none` for any other word, null for no word. */
export function roleOfWord(word: string | null): Role | null {
  if (word === null) return null
  const plain = word.toLowerCase().replace(/_stream(?:ing)?$/, '')
  return words.get(plain) ?? words.get(plain.replace(/^a/, '')) ?? 'none'
}
