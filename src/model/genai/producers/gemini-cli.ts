import { answer, family, request } from './content.ts'
import type { Producer } from './producer.ts'

/** Gemini CLI: google-gemini/gemini-cli, docs/cli/telemetry.md. */
export const geminiCli: Producer = {
  name: 'Gemini CLI',
  names: { callId: ['gen_ai.tool.call_id'] },
  content: [
    ...family(['prompt'], 'prompt', 'process.command_args', 'process.command_line', 'process.command'),
    ...family(request, 'request_text', 'system_prompt'),
    ...family([...answer, 'result'], 'response_text'),
    ...family(['arguments'], 'function_args', 'tool_args', 'hook_input', 'full_command'),
    ...family(['result', 'arguments'], 'function_result', 'function_response', 'hook_output', 'stdout', 'stderr'),
  ],
}
