import { everything, family, request } from './content.ts'
import type { Producer } from './producer.ts'

/** LangSmith's OpenTelemetry exporter: docs.langchain.com/langsmith/trace-with-opentelemetry. Input and output are of whatever ran. */
export const langsmith: Producer = {
  name: 'LangSmith',
  names: {
    provider: ['langsmith.metadata.ls_provider'],
    requestModel: ['langsmith.metadata.ls_model_name'],
    conversation: [
      'langsmith.metadata.session_id',
      'langsmith.metadata.thread_id',
      'langsmith.metadata.conversation_id',
    ],
    user: ['langsmith.metadata.user_id'],
  },
  usageTexts: ['langsmith.metadata.usage_metadata', 'langsmith.usage_metadata'],
  content: [
    ...family(request, 'langsmith.inputs*', 'inputs'),
    ...family(everything, 'langsmith.outputs*', 'outputs', 'gen_ai.completion', 'gen_ai.prompt'),
  ],
}
