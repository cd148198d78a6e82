import { describe, expect, it } from 'vitest'
import { contentKinds } from '../../../../src/model/genai/producers/index.ts'

describe('contentKinds', () => {
  it.each([
    ['gen_ai.input.messages', ['prompt', 'arguments', 'result']],
    ['gen_ai.completion.0.function_call.arguments', ['answer', 'arguments']],
    ['llm.input_messages.3.message.tool_calls.0.tool_call.function.arguments', ['prompt', 'arguments', 'result']],
    ['llm.None.input', ['prompt', 'arguments', 'result']],
    ['embedding.embeddings.0.embedding.text', ['prompt']],
    ['ai.toolCall.result', ['result']],
    ['full_command', ['arguments']],
  ])('says what %s may hold', (key, kinds) => {
    expect([...contentKinds(key)].sort()).toEqual([...kinds].sort())
  })

  it.each(['gen_ai.usage.input_tokens', 'gen_ai.response.id', 'llm.token_count.prompt', 'ai.response.id', 'toString'])(
    'leaves %s alone',
    (key) => {
      expect(contentKinds(key)).toEqual([])
    },
  )
})
