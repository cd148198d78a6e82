import type { SdkApp } from './sdk-app.ts'

export const shop = { 'service.name': 'shop', 'service.version': '2.1', 'deployment.environment.name': 'staging' }
export const chat = {
  'gen_ai.operation.name': 'chat',
  'gen_ai.provider.name': 'openai',
  'gen_ai.request.model': 'gpt-4o',
}

/** An agent that asks the model, runs a tool that asks it again, and calls another agent; the HTTP requests below have no attributes of it. */
export function support(app: SdkApp, conversation: string | null, from = 0): { readonly traceId: string } {
  const named = conversation === null ? {} : { 'gen_ai.conversation.id': conversation }
  const agent = app.start({
    name: 'invoke_agent support',
    from,
    to: from + 1000,
    attributes: { 'gen_ai.operation.name': 'invoke_agent', 'gen_ai.agent.name': 'support', 'user.id': 'ada', ...named },
  })
  const within = agent.context
  const usage = {
    'gen_ai.usage.input_tokens': 1000,
    'gen_ai.usage.cache_read.input_tokens': 400,
    'gen_ai.usage.output_tokens': 200,
    'gen_ai.usage.reasoning.output_tokens': 50,
    'gen_ai.response.model': 'gpt-4o-2024-08-06',
    'gen_ai.response.finish_reasons': ['tool_call'],
    'gen_ai.response.time_to_first_chunk': 0.08,
  }
  const first = app.start({
    name: 'chat gpt-4o',
    from: from + 10,
    to: from + 300,
    attributes: { ...chat, ...usage },
    within,
  })
  app.span({ name: 'POST', from: from + 12, to: from + 290, attributes: {}, within: first.context })
  first.end()
  const tool = app.start({
    name: 'execute_tool search',
    from: from + 310,
    to: from + 500,
    attributes: {
      'gen_ai.operation.name': 'execute_tool',
      'gen_ai.tool.name': 'search',
      'gen_ai.tool.call.id': 'call_1',
      'gen_ai.tool.call.arguments': '{"q":"shoes"}',
    },
    within,
  })
  app.span({
    name: 'embeddings text-embedding-3-small',
    from: from + 320,
    to: from + 350,
    attributes: {
      'gen_ai.operation.name': 'embeddings',
      'gen_ai.system': 'openai',
      'gen_ai.request.model': 'text-embedding-3-small',
      'gen_ai.usage.prompt_tokens': 12,
    },
    within: tool.context,
  })
  tool.end()
  const helper = app.start({
    name: 'invoke_agent writer',
    from: from + 510,
    to: from + 900,
    attributes: { 'gen_ai.operation.name': 'invoke_agent', 'gen_ai.agent.name': 'writer' },
    within,
  })
  app.span({
    name: 'chat gpt-4o',
    from: from + 520,
    to: from + 880,
    attributes: { ...chat, 'error.type': '429' },
    failed: true,
    within: helper.context,
  })
  helper.end()
  agent.end()
  return agent
}

/** code.claude.com/docs/en/monitoring-usage: `event.name` without the prefix, numbers that may be text, spans only in its beta. */
export function claudeCode(app: SdkApp): void {
  const common = { 'session.id': 'claude-1', 'user.email': 'ada@example.com', 'terminal.type': 'vscode' }
  const interaction = app.start({
    name: 'claude_code.interaction',
    from: 1,
    to: 1900,
    attributes: { ...common, 'span.type': 'interaction' },
  })
  // Where it makes spans, it writes its logs within that of the prompt.
  const log = (event: string, at: number, attributes: Record<string, string | number>): void =>
    app.log(`claude_code.${event}`, at, { ...common, 'event.name': event, ...attributes }, interaction.context)
  log('user_prompt', 0, { prompt_length: 5, prompt: 'hello', 'event.sequence': 1 })
  const usage = { input_tokens: '10', output_tokens: '300', cache_read_tokens: '5000', cache_creation_tokens: '90' }
  log('api_request', 900, {
    ...usage,
    model: 'claude-sonnet-4-5',
    cost_usd: '0.01',
    duration_ms: '800',
    request_id: 'req_1',
    'event.sequence': 2,
  })
  log('tool_result', 1500, {
    tool_name: 'Bash',
    success: 'false',
    duration_ms: '400',
    tool_use_id: 'toolu_1',
    'event.sequence': 3,
  })
  log('api_error', 1900, {
    model: 'claude-sonnet-4-5',
    error: 'overloaded',
    status_code: '529',
    duration_ms: '300',
    'event.sequence': 4,
  })
  const request = {
    ...common,
    'span.type': 'llm_request',
    'gen_ai.system': 'anthropic',
    input_tokens: 10,
    request_id: 'req_1',
  }
  app.span({ name: 'claude_code.llm_request', from: 101, to: 899, attributes: request, within: interaction.context })
  const tool = { ...common, 'span.type': 'tool', tool_name: 'Bash', tool_use_id: 'toolu_1' }
  app.span({ name: 'claude_code.tool', from: 1101, to: 1499, attributes: tool, within: interaction.context })
  interaction.end()
  app.count('claude_code.token.usage', 300, { type: 'output', model: 'claude-sonnet-4-5' })
}

/** google-gemini/gemini-cli, docs/cli/telemetry.md: thoughts are beside the output; its spans have the operations llm_call and tool_call. */
export function geminiCli(app: SdkApp): void {
  const common = { 'session.id': 'gemini-1', 'installation.id': 'i', 'user.email': 'ada@example.com' }
  const log = (event: string, at: number, attributes: Record<string, string | number | boolean | string[]>): void =>
    app.log(event, at, { ...common, 'event.name': `gemini_cli.${event}`, ...attributes })
  log('user_prompt', 0, { prompt_length: 2, prompt: 'go', prompt_id: 'p1' })
  log('api_request', 5, { model: 'gemini-2.5-pro', prompt_id: 'p1' })
  const tokens = {
    input_token_count: 2000,
    output_token_count: 100,
    cached_content_token_count: 500,
    thoughts_token_count: 30,
  }
  log('api_response', 1005, {
    ...tokens,
    model: 'gemini-2.5-pro',
    duration_ms: 1000,
    prompt_id: 'p1',
    finish_reasons: ['STOP'],
  })
  log('tool_call', 1500, { function_name: 'read_file', duration_ms: 300, success: true, prompt_id: 'p1' })
  const details = { 'gen_ai.operation.name': 'generate_content', 'gen_ai.usage.input_tokens': 2000 }
  app.log('details', 1005, { ...common, ...details, 'event.name': 'gen_ai.client.inference.operation.details' })
  const named = { 'gen_ai.conversation.id': 'gemini-1', 'gen_ai.agent.name': 'gemini-cli' }
  app.span({ name: 'llm_call', from: 6, to: 1000, attributes: { ...named, 'gen_ai.operation.name': 'llm_call' } })
}
