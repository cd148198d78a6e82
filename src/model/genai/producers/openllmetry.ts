import { text } from '../../attributes.ts'
import { roleOfWord } from './operation.ts'
import { everything, family, request } from './content.ts'
import type { Producer } from './producer.ts'

const associated = (name: string): string => `traceloop.association.properties.${name}`

/** OpenLLMetry: traceloop/openllmetry, opentelemetry-semantic-conventions-ai. */
export const openllmetry: Producer = {
  name: 'OpenLLMetry',
  role: (attributes) =>
    roleOfWord(text(attributes, 'llm.request.type')) ?? roleOfWord(text(attributes, 'traceloop.span.kind')),
  names: {
    operation: ['llm.request.type', 'traceloop.span.kind'],
    provider: ['llm.vendor'],
    requestModel: ['llm.request.model'],
    responseModel: ['llm.response.model'],
    id: ['llm.response.id', 'anthropic.request.id'],
    conversation: ['thread_id', 'session_id', 'conversation_id', 'chat_id'].map(associated),
    user: [associated('user_id')],
    finishReasons: ['llm.response.finish_reason', 'anthropic.message.stop_reason'],
    agent: ['traceloop.entity.name'],
    tool: ['traceloop.entity.name'],
  },
  // And Anthropic's own SDK, which names what the API answers beside the conventions.
  usage: ['llm.usage.', 'anthropic.usage.'],
  content: [
    ...family(request, 'traceloop.entity.input', 'traceloop.prompt.*', 'llm.prompts*'),
    ...family(everything, 'traceloop.entity.output', 'llm.completions*'),
    ...family(['prompt'], 'db.query.embeddings*', 'vector_db.query*', 'llm.user_prompt*'),
    ...family(['result'], 'db.query.result*', 'mcp.response.value'),
    ...family(['arguments'], 'mcp.request.argument', 'llm.request.functions*'),
  ],
}
