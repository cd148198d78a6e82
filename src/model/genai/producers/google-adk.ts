import { answer, family, request } from './content.ts'
import type { Producer } from './producer.ts'

/** Google's Agent Development Kit: google.github.io/adk-docs/observability. Its `call_llm` has no word of what it is. */
export const googleAdk: Producer = {
  name: 'Agent Development Kit',
  names: {
    conversation: ['gcp.vertex.agent.session_id'],
    arguments: ['gcp.vertex.agent.tool_call_args'],
  },
  content: [
    ...family(request, 'gcp.vertex.agent.llm_request', 'gcp.vertex.agent.data'),
    ...family(answer, 'gcp.vertex.agent.llm_response'),
    ...family(['arguments'], 'gcp.vertex.agent.tool_call_args'),
    ...family(['result'], 'gcp.vertex.agent.tool_response'),
  ],
}
