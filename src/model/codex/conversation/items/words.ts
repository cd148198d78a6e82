import { text, type Attributes } from '../../../attributes.ts'
import { parts, part } from '../../rollout/payload.ts'
import { promptText } from '../../rollout/records/prompt.ts'
import { imagesOf } from '../images.ts'
import { payloadOf, type ItemReader } from '../told.ts'

export const prompt: ItemReader<'prompt'> = (told) => {
  const payload = payloadOf(told, '/UserMessage', '/user_message')
  const context = payloadOf(told, 'response_item/message')
  return {
    text: told.quote('text', 'prompts', promptText(payload)),
    images: [...imagesOf(context.content, told.quoting, 'prompts')],
  }
}

export const reply: ItemReader<'reply'> = (told) => {
  const payload = payloadOf(told, '/AgentMessage', '/agent_message')
  const item = part(payload, 'item')
  const words = text(payload, 'message') ?? textOfPieces(parts(item, 'content'))
  const phase = text(item, 'phase') ?? text(payload, 'phase')
  return { text: told.quote('text', 'output', words), final: phase !== 'commentary' }
}

export const reasoning: ItemReader<'reasoning'> = (told) => {
  const payload = payloadOf(told, '/Reasoning', '/agent_reasoning')
  const summary = part(payload, 'item').summary_text
  const words = Array.isArray(summary) ? summary.filter((piece) => typeof piece === 'string').join('\n\n') : ''
  return { text: told.quote('text', 'output', text(payload, 'text') ?? words) }
}

/** What one agent writes to another. With the real service the text may be sealed: then only the words around it are there. */
export const message: ItemReader<'message'> = (told) => {
  const payload = payloadOf(told, 'response_item/agent_message')
  const pieces = parts(payload, 'content')
  const plain = textOfPieces(pieces)
  const sealed = pieces.map((piece) => text(piece, 'encrypted_content') ?? '').join('')
  return {
    from: text(payload, 'author') ?? '',
    to: text(payload, 'recipient') ?? '',
    text: told.quote('text', 'prompts', withoutEnvelope(plain) + readable(sealed)),
  }
}

export const compaction: ItemReader<'compaction'> = (told) => {
  const summary = text(payloadOf(told, 'compacted'), 'message')
  return { summary: summary === null ? null : told.quote('text', 'output', summary) }
}

function textOfPieces(pieces: readonly Attributes[]): string {
  return pieces.map((piece) => text(piece, 'text') ?? '').join('')
}

/** `Message Type: …`, `Task name: …`, `Sender: …` stand before the message itself. */
function withoutEnvelope(words: string): string {
  const at = words.indexOf('\nPayload:\n')
  return words.startsWith('Message Type:') && at >= 0 ? words.slice(at + '\nPayload:\n'.length) : words
}

/** Sealed texts are long words without a space. */
function readable(sealed: string): string {
  return /^[A-Za-z0-9+/_=-]{40,}$/.test(sealed) ? '' : sealed
}
