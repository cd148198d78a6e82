import { everything, family, request } from './content.ts'
import type { Producer } from './producer.ts'

/** Claude Code: code.claude.com/docs/en/monitoring-usage. */
export const claudeCode: Producer = {
  name: 'Claude Code',
  content: [
    ...family(['prompt'], 'prompt', 'user_prompt', 'system_prompt', 'user_system_prompt', 'system_prompt_preview'),
    ...family(request, 'new_context', 'body', 'request_body', 'api_request_body'),
    ...family(['answer'], 'response', 'response.model_output', 'response_body', 'api_response_body'),
    ...family(['arguments'], 'tool_parameters', 'tool_input', 'full_command', 'bash_command', 'skill_args'),
    // A tool's own output repeats what it was asked: of `echo`, of a file that was written.
    ...family(['result', 'arguments'], 'output', 'tool_output', 'tool_result', 'content', 'diff'),
    ...family(everything, 'raw_api_body', 'messages'),
  ],
}
