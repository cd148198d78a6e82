import { answer, family, request } from './content.ts'
import type { Producer } from './producer.ts'

/** OpenTelemetry's GenAI conventions (open-telemetry/semantic-conventions-genai), present and earlier names. */
export const conventions: Producer = {
  name: 'GenAI conventions',
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
