import { answer, everything, family, request } from './content.ts'
import type { Producer } from './producer.ts'

/** LiveKit Agents: docs.livekit.io/agents/observability. */
export const livekit: Producer = {
  name: 'LiveKit Agents',
  names: {
    conversation: ['lk.room_name', 'lk.session_id'],
    ttftSeconds: ['lk.response.ttft'],
    tool: ['lk.function_tool.name'],
    callId: ['lk.function_tool.id'],
    arguments: ['lk.function_tool.arguments'],
    agent: ['lk.agent_name'],
  },
  content: [
    ...family(['prompt'], 'lk.user_input', 'lk.instructions', 'lk.user_transcript', 'lk.input_text'),
    ...family(request, 'lk.chat_ctx', 'lk.input*'),
    ...family(answer, 'lk.response.text', 'lk.response.function_calls', 'lk.response.output*'),
    ...family(['arguments'], 'lk.function_tool.arguments', 'lk.function_tool.args'),
    ...family(['result'], 'lk.function_tool.output', 'lk.function_tool.result'),
    ...family(everything, 'lk.session_report*', 'lk.transcript*'),
  ],
}
