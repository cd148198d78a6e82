import type { Producer } from './producer.ts'

/** A program that follows nobody's convention: the plain words that most take. They stand last, for others mean other things by them. */
export const unnamed: Producer = {
  name: 'no convention',
  names: { requestModel: ['llm.model', 'ai.model', 'model.name', 'model_name', 'model'] },
  usage: ['llm.', 'usage.', 'token_usage.', ''],
  usageTexts: ['gen_ai.usage', 'llm.usage', 'token_usage', 'usage'],
  content: [],
}
