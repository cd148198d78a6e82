import { text } from '../../attributes.ts'
import { answer, family, request } from './content.ts'
import type { Producer, Role } from './producer.ts'

const kinds: ReadonlyMap<string, Role> = new Map([
  ...['LLM', 'CHAT_MODEL', 'EMBEDDING'].map((kind) => [kind, 'call'] as const),
  ['TOOL', 'tool'],
  ['AGENT', 'agent'],
  ...[
    ...['CHAIN', 'RETRIEVER', 'PARSER', 'RERANKER', 'MEMORY', 'WORKFLOW', 'TASK', 'GUARDRAIL', 'EVALUATOR'],
    ...['UNKNOWN'],
  ].map((kind) => [kind, 'none'] as const),
])

/** MLflow's tracing: mlflow.org/docs/latest/genai/tracing. Its values are JSON, so a word stands in quotes. */
export const mlflow: Producer = {
  name: 'MLflow',
  role: (attributes) => {
    const kind = text(attributes, 'mlflow.spanType')
    return kind === null ? null : (kinds.get(kind.replaceAll('"', '').toUpperCase()) ?? 'unknown')
  },
  names: {
    operation: ['mlflow.spanType'],
    requestText: ['mlflow.spanInputs'],
    costText: ['mlflow.llm.cost'],
  },
  usageTexts: ['mlflow.chat.tokenUsage'],
  content: [
    ...family(request, 'mlflow.spanInputs', 'mlflow.traceInputs', 'mlflow.chat.messages'),
    ...family([...answer, 'result'], 'mlflow.spanOutputs', 'mlflow.traceOutputs'),
  ],
}
