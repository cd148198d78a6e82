import { answer, family, request } from './content.ts'
import type { Producer } from './producer.ts'

/** Vercel's AI SDK: ai-sdk.dev/docs/ai-sdk-core/telemetry. */
export const vercelAi: Producer = {
  name: 'AI SDK',
  content: [
    ...family(request, 'ai.prompt', 'ai.prompt.*', 'ai.request.body*', 'ai.request.messages*', 'ai.schema.*'),
    ...family(['prompt'], 'ai.value', 'ai.values', 'ai.documents', 'ai.query', 'ai.embedding', 'ai.embeddings'),
    ...family(answer, 'ai.response.text', 'ai.response.object', 'ai.response.reasoning', 'ai.response.toolCalls'),
    ...family(answer, 'ai.response.files', 'ai.response.body*', 'ai.response.content*', 'ai.result.*'),
    ...family(['arguments'], 'ai.toolCall.args', 'ai.toolCall.input', 'ai.toolCall.arguments'),
    ...family(['result'], 'ai.toolCall.result', 'ai.toolCall.output'),
  ],
}
