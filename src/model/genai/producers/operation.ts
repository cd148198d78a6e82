import type { Role } from './producer.ts'

const words: ReadonlyMap<string, Role> = new Map([
  ...ofRole('call', 'chat text_completion generate_content responses response embeddings completion embedding rerank'),
  // Semantic Kernel's.
  ...ofRole('call', 'chat.completions text.completions'),
  // LiteLLM's, without the `a` that it puts before what does not block.
  ...ofRole('call', 'anthropic_messages image_generation image_edit transcription speech moderation ocr realtime'),
  ...ofRole('agent', 'invoke_agent invoke_workflow agent'),
  ...ofRole('tool', 'execute_tool tool'),
  // What runs calls, or stands beside them: it may repeat their usage.
  ...ofRole('none', 'create_agent agent_step step plan retrieval workflow chain task execute_task run invoke session'),
  ...ofRole('none', 'retriever prompt parser guardrail evaluator memory unknown'),
])

function ofRole(role: Role, names: string): readonly (readonly [string, Role])[] {
  return names.split(' ').map((name) => [name, role] as const)
}

/** Of an operation's word, as the conventions, OpenLLMetry and LiteLLM have them; null for no word. */
export function roleOfWord(word: string | null): Role | null {
  if (word === null) return null
  const plain = word.toLowerCase().replace(/_stream(?:ing)?$/, '')
  return words.get(plain) ?? words.get(plain.replace(/^a/, '')) ?? 'unknown'
}
