import { text } from '../../attributes.ts'
import { answer, everything, family, request } from './content.ts'
import type { Producer, Role } from './producer.ts'

const kinds: ReadonlyMap<string, Role> = new Map([
  ['LLM', 'call'],
  ['EMBEDDING', 'call'],
  ['TOOL', 'tool'],
  ['AGENT', 'agent'],
  ...['CHAIN', 'RETRIEVER', 'RERANKER', 'GUARDRAIL', 'EVALUATOR', 'PROMPT', 'UNKNOWN'].map(
    (kind) => [kind, 'none'] as const,
  ),
])

/** OpenInference: Arize-ai/openinference, spec/semantic_conventions.md. Input and output are those of whatever the span is of. */
export const openinference: Producer = {
  name: 'OpenInference',
  role: (attributes) => {
    const kind = text(attributes, 'openinference.span.kind')
    return kind === null ? null : (kinds.get(kind.toUpperCase()) ?? 'unknown')
  },
  names: {
    operation: ['openinference.span.kind'],
    provider: ['llm.provider', 'llm.system'],
    requestModel: ['llm.model_name', 'embedding.model_name'],
    requestText: ['llm.invocation_parameters'],
    conversation: ['session.id'],
    reportedCostUsd: ['llm.cost.total'],
    finishReasons: ['llm.finish_reason'],
    agent: ['agent.name', 'graph.node.name'],
    tool: ['tool.name', 'tool_call.function.name'],
    callId: ['tool_call.id', 'tool.id'],
    arguments: ['tool.parameters', 'tool_call.function.arguments'],
  },
  usage: ['llm.token_count.'],
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
