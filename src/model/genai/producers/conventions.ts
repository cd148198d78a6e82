import { text } from '../../attributes.ts'
import { roleOfWord } from './operation.ts'
import { answer, family, request } from './content.ts'
import type { Producer } from './producer.ts'

/** OpenTelemetry's GenAI conventions (open-telemetry/semantic-conventions-genai), present and earlier names. */
export const conventions: Producer = {
  name: 'GenAI conventions',
  role: (attributes) => roleOfWord(text(attributes, 'gen_ai.operation.name')),
  names: {
    operation: ['gen_ai.operation.name'],
    provider: ['gen_ai.provider.name', 'gen_ai.system'],
    requestModel: ['gen_ai.request.model'],
    responseModel: ['gen_ai.response.model'],
    id: ['gen_ai.response.id'],
    conversation: ['gen_ai.conversation.id'],
    user: ['enduser.id', 'user.email', 'user.id'],
    ttftSeconds: [
      'gen_ai.response.time_to_first_chunk',
      'gen_ai.client.operation.time_to_first_chunk',
      'gen_ai.server.time_to_first_token',
      'gen_ai.response.time_to_first_token',
    ],
    reportedCostUsd: ['gen_ai.usage.cost', 'gen_ai.usage.total_cost'],
    finishReasons: [
      'gen_ai.response.finish_reasons',
      'gen_ai.response.finish_reason',
      'gen_ai.completion.0.finish_reason',
      'finish_reasons',
    ],
    agent: ['gen_ai.agent.name', 'gen_ai.workflow.name'],
    tool: ['gen_ai.tool.name'],
    callId: ['gen_ai.tool.call.id'],
    arguments: ['gen_ai.tool.call.arguments'],
    errorType: ['error.type'],
  },
  usage: ['gen_ai.usage.', 'gen_ai.response.'],
  content: [
    ...family(request, 'gen_ai.input.messages', 'gen_ai.prompt', 'gen_ai.prompt.*', 'gen_ai.request.messages*'),
    ...family(['prompt'], 'gen_ai.system_instructions', 'gen_ai.system.message*', 'gen_ai.user.message*'),
    ...family(['prompt'], 'gen_ai.embeddings.input*', 'gen_ai.retrieval.query*'),
    ...family(answer, 'gen_ai.output.messages', 'gen_ai.completion', 'gen_ai.completion.*', 'gen_ai.response.text*'),
    ...family(answer, 'gen_ai.choice*', 'gen_ai.assistant.message*', 'gen_ai.response.messages*'),
    ...family(['arguments'], 'gen_ai.tool.call.arguments', 'gen_ai.tool.arguments', 'gen_ai.tool.input*'),
    ...family(
      ['result'],
      'gen_ai.tool.call.result',
      'gen_ai.tool.result',
      'gen_ai.tool.output*',
      'gen_ai.tool.message*',
    ),
    ...family(['result'], 'gen_ai.retrieval.documents*'),
    ...family(request, 'gen_ai.task.input', 'gen_ai.agent.input*', 'gen_ai.workflow.input*'),
    ...family(['prompt', ...answer, 'result'], 'gen_ai.task.output', 'gen_ai.agent.output*', 'gen_ai.workflow.output*'),
    // Bodies of the events gen_ai.user.message, gen_ai.choice … and of what they list.
    ...family(['prompt', 'answer', 'arguments', 'result'], 'gen_ai.event.content', 'content', 'parts'),
  ],
}
