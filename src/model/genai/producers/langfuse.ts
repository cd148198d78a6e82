import { text } from '../../attributes.ts'
import { answer, everything, family, request } from './content.ts'
import type { Producer, Role } from './producer.ts'

const kinds: ReadonlyMap<string, Role> = new Map([
  ['generation', 'call'],
  ['embedding', 'call'],
  ['tool', 'tool'],
  ['agent', 'agent'],
  ...['span', 'event', 'chain', 'retriever', 'evaluator', 'guardrail'].map((kind) => [kind, 'none'] as const),
])

/** Langfuse's SDKs: langfuse.com/integrations/native/opentelemetry. What a span of another library is, that one's own names say. */
export const langfuse: Producer = {
  name: 'Langfuse',
  role: (attributes) => {
    const kind = text(attributes, 'langfuse.observation.type')
    return kind === null ? null : (kinds.get(kind.toLowerCase()) ?? 'unknown')
  },
  names: {
    operation: ['langfuse.observation.type'],
    requestModel: ['langfuse.observation.model.name'],
    conversation: ['langfuse.session.id'],
    user: ['langfuse.user.id'],
    costText: ['langfuse.observation.cost_details'],
  },
  usageTexts: ['langfuse.observation.usage_details'],
  content: [
    ...family(request, 'langfuse.observation.input', 'langfuse.trace.input'),
    ...family([...answer, 'result'], 'langfuse.observation.output', 'langfuse.trace.output'),
    ...family(everything, 'langfuse.observation.metadata*', 'langfuse.trace.metadata*'),
  ],
}
