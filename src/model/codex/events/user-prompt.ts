import { text } from '../../attributes.ts'
import { countOf } from '../../counts.ts'
import type { EventReader } from './event.ts'

/** Long enough to search in and to recognise a prompt by; the whole stays in the raw record. */
const keptCharacters = 4000

/** What Codex writes in place of a prompt when `otel.log_user_prompt` is false. */
const redacted = '[REDACTED]'

export const userPrompt: EventReader = {
  name: 'codex.user_prompt',
  counts: ['prompt_length'],
  facts: ({ sessionId, atNs, attributes }) => {
    if (sessionId === null) return []
    const prompt = text(attributes, 'prompt')
    return [
      {
        fact: 'prompt',
        sessionId,
        atNs,
        length: countOf(attributes, 'prompt_length'),
        text: prompt === null || prompt === redacted ? null : prompt.slice(0, keptCharacters),
      },
    ]
  },
  summary: (attributes) => text(attributes, 'prompt') ?? '',
}
