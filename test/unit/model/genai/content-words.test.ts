import { expect, test } from 'vitest'
import { contentOf } from '../../../../src/model/genai/content.ts'

test.each([
  ['pydantic_ai.all_messages', ['prompts']],
  ['gen_ai.output.messages', ['output']],
  ['traceloop.entity.output', ['output']],
  ['llm.openai.choices', ['output']],
  ['llm.input_messages.0.message.tool_calls.1.tool_call.function.arguments', ['arguments']],
  ['ai.response.toolCalls', ['arguments']],
  ['ai.prompt.tools', ['prompts']],
  ['gen_ai.prompt.0.content', ['prompts']],
  ['user_prompt', ['prompts']],
  ['bash_command', ['arguments']],
  ['process.command_args', ['arguments', 'prompts']],
  // Of producers that nobody knows.
  ['acme.agent.userPrompt', ['prompts']],
  ['acme.completion', ['output']],
  ['my-llm.chat.messages', ['prompts']],
  ['bot.tool.input', ['arguments']],
  ['bot.tool.result.text', ['output']],
  ['x.answerText', ['output']],
  ['rag.documents.3.content', ['prompts']],
  ['service.llm_request', ['prompts']],
  ['response.body', ['output']],
  ['step.reasoning', ['output']],
])('%s is content', (name, kinds) => {
  expect(contentOf(name).is).toEqual(kinds)
})

test.each([
  'prompt_tokens',
  'gen_ai.usage.input_tokens.cached',
  'llm.token_count.completion_details.reasoning',
  'ai.usage.inputTokenDetails.cacheReadTokens',
  'gen_ai.cost.output_cost',
  'prompt.id',
  'prompt_length',
  'content_type',
  'input.mime_type',
  'messages.count',
  'gen_ai.prompt.0.role',
  'gen_ai.completion.0.finish_reason',
  'gen_ai.tool.call.id',
  'gen_ai.tool.name',
  'llm.function_call.name',
  'gen_ai.response.model',
  'tool_choice',
  'error.message',
  'exception.message',
  'http.request.method',
  'session.id',
  'code.function.name',
  'reasoning_effort',
  'reasoning_summary',
])('%s is none', (name) => {
  expect(contentOf(name).is).toEqual([])
})
