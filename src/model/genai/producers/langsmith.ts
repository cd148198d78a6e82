import { everything, family, request } from './content.ts'
import type { Producer } from './producer.ts'

/** LangSmith's OpenTelemetry exporter: docs.langchain.com/langsmith/trace-with-opentelemetry. Input and output are of whatever ran. */
export const langsmith: Producer = {
  name: 'LangSmith',
  content: [
    ...family(request, 'langsmith.inputs*', 'inputs'),
    ...family(everything, 'langsmith.outputs*', 'outputs', 'gen_ai.completion', 'gen_ai.prompt'),
  ],
}
