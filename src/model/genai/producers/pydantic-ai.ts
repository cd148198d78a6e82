import { everything, family } from './content.ts'
import type { Producer } from './producer.ts'

/** Pydantic AI: ai.pydantic.dev/logfire, and Logfire's own instrumentations. */
export const pydanticAi: Producer = {
  name: 'Pydantic AI',
  names: {
    reportedCostUsd: ['operation.cost'],
    agent: ['agent_name'],
    tool: ['tool_name'],
    arguments: ['tool_arguments'],
  },
  content: [
    ...family(everything, 'pydantic_ai.all_messages', 'all_messages_events', 'events', 'agent_run.messages'),
    ...family(['answer'], 'final_result', 'response_data', 'model_response'),
    ...family(['prompt'], 'request_data', 'model_request_parameters', 'system_instructions'),
    ...family(['arguments'], 'tool_arguments'),
    ...family(['result'], 'tool_response'),
  ],
}
