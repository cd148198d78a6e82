import { answer, everything, family, request } from './content.ts'
import type { Producer } from './producer.ts'

/** LiteLLM's OpenTelemetry callback: docs.litellm.ai/docs/observability/opentelemetry_integration. `llm.PROVIDER.…` is the raw request. */
export const litellm: Producer = {
  name: 'LiteLLM',
  names: {
    id: ['litellm.call_id'],
    conversation: ['metadata.session_id', 'litellm.session_id'],
    user: ['metadata.user_api_key_end_user_id', 'llm.user'],
    reportedCostUsd: ['gen_ai.cost.total_cost', 'litellm.response_cost', 'response_cost'],
  },
  usageTexts: ['metadata.usage_object'],
  content: [
    ...family(request, 'llm.*.messages', 'llm.*.input', 'llm.*.prompt', 'llm.*.contents', 'llm.*.instructions'),
    ...family(['prompt'], 'llm.*.system', 'llm.*.system_instruction', 'llm.*.query', 'llm.*.documents'),
    ...family(answer, 'llm.*.choices', 'llm.*.content', 'llm.*.output', 'llm.*.candidates', 'llm.*.output_text'),
    ...family(everything, 'llm.*.extra_body', 'llm.*.data', 'metadata.prompt*', 'metadata.requester_metadata'),
  ],
}
