import { answer, everything, family, request } from './content.ts'
import type { Producer } from './producer.ts'

/** OpenInference: Arize-ai/openinference, spec/semantic_conventions.md. Input and output are those of whatever the span is of. */
export const openinference: Producer = {
  name: 'OpenInference',
  content: [
    ...family(request, 'input.value', 'llm.input_messages*', 'llm.prompts*', 'llm.prompt_template*'),
    ...family([...answer, 'result'], 'output.value', 'llm.output_messages*', 'llm.choices*'),
    ...family(answer, 'llm.function_call', 'llm.completions*'),
    ...family(['arguments'], 'tool.parameters', 'tool_call.function.arguments', 'tool.json_schema.arguments'),
    ...family(['result'], 'retrieval.documents*', 'document.content', 'reranker.output_documents*'),
    ...family(['prompt'], 'embedding.embeddings*', 'embedding.text', 'embedding.vector', 'reranker.query'),
    ...family(['result'], 'reranker.input_documents*'),
    ...family(everything, 'message.content', 'message.contents*', 'message.tool_calls*', 'message_content.*'),
  ],
}
