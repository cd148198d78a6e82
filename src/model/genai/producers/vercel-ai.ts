import { text } from '../../attributes.ts'
import { answer, family, request } from './content.ts'
import type { Producer } from './producer.ts'

/** Vercel's AI SDK: ai-sdk.dev/docs/ai-sdk-core/telemetry. */
export const vercelAi: Producer = {
  name: 'AI SDK',
  // `operation.name` holds the function's id as well; the outer span (ai.generateText …) repeats the usage of those inside it.
  role: (attributes) => {
    const operation = text(attributes, 'ai.operationId')
    if (operation === null) return null
    if (operation === 'ai.toolCall') return 'tool'
    if (/\.do(?:Generate|Stream|Embed|Rerank)$/.test(operation)) return 'call'
    return /\.do[A-Z]\w*$/.test(operation) ? 'unknown' : 'none'
  },
  names: {
    operation: ['ai.operationId'],
    provider: ['ai.model.provider'],
    requestModel: ['ai.model.id'],
    responseModel: ['ai.response.model'],
    id: ['ai.response.id'],
    conversation: ['ai.telemetry.metadata.sessionId', 'ai.telemetry.metadata.conversationId'],
    user: ['ai.telemetry.metadata.userId'],
    ttftMs: ['ai.response.msToFirstChunk', 'ai.stream.msToFirstChunk'],
    finishReasons: ['ai.response.finishReason', 'ai.finishReason'],
    tool: ['ai.toolCall.name'],
    callId: ['ai.toolCall.id'],
    arguments: ['ai.toolCall.args', 'ai.toolCall.input'],
  },
  usage: ['ai.usage.'],
  content: [
    ...family(request, 'ai.prompt', 'ai.prompt.*', 'ai.request.body*', 'ai.request.messages*', 'ai.schema.*'),
    ...family(['prompt'], 'ai.value', 'ai.values', 'ai.documents', 'ai.query', 'ai.embedding', 'ai.embeddings'),
    ...family(answer, 'ai.response.text', 'ai.response.object', 'ai.response.reasoning', 'ai.response.toolCalls'),
    ...family(answer, 'ai.response.files', 'ai.response.body*', 'ai.response.content*', 'ai.result.*'),
    ...family(['arguments'], 'ai.toolCall.args', 'ai.toolCall.input', 'ai.toolCall.arguments'),
    ...family(['result'], 'ai.toolCall.result', 'ai.toolCall.output'),
  ],
}
