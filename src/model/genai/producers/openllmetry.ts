import { everything, family, request } from './content.ts'
import type { Producer } from './producer.ts'

/** OpenLLMetry: traceloop/openllmetry, opentelemetry-semantic-conventions-ai. */
export const openllmetry: Producer = {
  name: 'OpenLLMetry',
  content: [
    ...family(request, 'traceloop.entity.input', 'traceloop.prompt.*', 'llm.prompts*'),
    ...family(everything, 'traceloop.entity.output', 'llm.completions*'),
    ...family(['prompt'], 'db.query.embeddings*', 'vector_db.query*', 'llm.user_prompt*'),
    ...family(['result'], 'db.query.result*', 'mcp.response.value'),
    ...family(['arguments'], 'mcp.request.argument', 'llm.request.functions*'),
  ],
}
