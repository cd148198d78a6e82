import { startMs, sessionId as threadId } from './fake-session.ts'

/** A hundred and more commands, so that not all of the conversation is in view. */
const many = 140

const red = 'iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAAEUlEQVR4nGP4z8CAFWEXHbQSACj/P8Fu7N9hAAAAAElFTkSuQmCC'

export const reply = `## What was wrong

The total **ignored quantities**. \`total()\` added each price once:

\`\`\`js
for (const item of items) sum += item.price
\`\`\`

1. It multiplies now, see [the discussion](https://example.com/discussion?id=7).
2. Two tests cover it.
   - one for several of a kind
   - one for none

| case | before | after |
| --- | ---: | ---: |
| one of each | 5 | 5 |
| two of one | 5 | 10 |

> A refund may be negative; that stays as it was.

- [x] fixed
- [ ] ask about refunds

![a chart](https://tracker.example.com/pixel.png) <img src="https://tracker.example.com/html.png" onerror="document.title='owned'"><script>document.title = 'owned'</script>
[press here](javascript:document.title='owned')`

const terminal = [
  '\u001b[1m\u001b[46m RUN \u001b[49m\u001b[22m v5.1.0',
  '',
  ' \u001b[32m✓\u001b[39m cart.test.mjs \u001b[2m(2 tests)\u001b[22m \u001b[33m12ms\u001b[39m',
  ' \u001b[31m❯\u001b[39m stock.test.mjs \u001b[38;5;208m1 failed\u001b[39m',
  '\u001b[31m   AssertionError: expected 10 to be 12\u001b[39m',
  '\u001b]0;a window\u0007\u001b[2K 10%\r 100%\u001b[?25h',
  '\u001b[1mTests\u001b[22m  \u001b[31m1 failed\u001b[39m | \u001b[32m2 passed\u001b[39m',
].join('\n')

const changes = {
  '/home/ada/shop/src/cart.mjs': {
    type: 'update',
    unified_diff:
      '@@ -2,3 +2,4 @@\n   let sum = 0\n-  for (const item of items) sum += item.price\n+  for (const { price, quantity } of items)\n+    sum += price * quantity\n   return sum\n',
    move_path: null,
  },
  '/home/ada/shop/test/cart.test.mjs': {
    type: 'add',
    content:
      "import { total } from '../src/cart.mjs'\n\ntest('counts each of a kind', () => {\n  expect(total(two)).toBe(10)\n})\n",
  },
}

/** A session file with everything that a conversation shows, of the session that the fake host has. */
export function richRollout(): string {
  let ordinal = 0
  let atMs = startMs
  const line = (type: string, payload: object): string =>
    JSON.stringify({ timestamp: new Date((atMs += 900)).toISOString(), ordinal: ordinal++, type, payload })
  const turn = (n: number): string => `01a1f848-8000-7000-8000-00000000000${n}`
  const item = (n: number, of: object, more: object = {}): string =>
    line('event_msg', { type: 'item_completed', thread_id: threadId, turn_id: turn(n), item: of, ...more })
  const started = (n: number): readonly string[] => [
    line('event_msg', { type: 'task_started', turn_id: turn(n) }),
    line('turn_context', { turn_id: turn(n), cwd: '/home/ada/shop', model: 'gpt-5.5', effort: 'medium' }),
  ]
  const prompt = (n: number, text: string): string =>
    item(n, { type: 'UserMessage', content: [{ type: 'text', text }] })
  const says = (n: number, text: string, phase = 'final_answer'): string =>
    item(n, { type: 'AgentMessage', content: [{ type: 'Text', text }], phase })
  const call = (callId: string, name: string, asked: object): string =>
    line('response_item', { type: 'function_call', name, arguments: JSON.stringify(asked), call_id: callId })
  const output = (callId: string, text: string | object): string =>
    line('response_item', { type: 'function_call_output', call_id: callId, output: text })
  const command = (n: number, id: string, cmd: string, printed: string, exit = 0, ms = 40): readonly string[] => [
    call(id, 'exec_command', { cmd }),
    item(
      n,
      {
        ...{ type: 'CommandExecution', id, command: ['/bin/bash', '-lc', cmd], cwd: 'file:///home/ada/shop' },
        ...{ source: 'unified_exec_startup', status: exit === 0 ? 'completed' : 'failed', exit_code: exit },
        ...{ aggregated_output: printed, duration: { secs: Math.floor(ms / 1000), nanos: (ms % 1000) * 1e6 } },
      },
      { started_at_ms: atMs, completed_at_ms: atMs + ms },
    ),
    output(id, `Exit code: ${exit}\nOutput:\n${printed}`),
  ]
  const end = (n: number, more: object = {}): string =>
    line('event_msg', { type: 'task_complete', turn_id: turn(n), duration_ms: 64_200, ...more })
  const lines = [
    line('session_meta', { id: threadId, cwd: '/home/ada/shop', source: 'cli', thread_source: 'user' }),
    ...started(1),
    line('response_item', {
      type: 'message',
      role: 'user',
      content: [{ type: 'input_image', image_url: `data:image/png;base64,${red}` }],
    }),
    prompt(
      1,
      'The cart total ignores quantities. Fix it and run the tests.\n\nThe screenshot shows `total: 5` for **two** of them.',
    ),
    item(1, {
      type: 'Reasoning',
      summary_text: ['**Looking at the code**\n\nI should read the code and the test before I change either.'],
    }),
    call('call_plan', 'update_plan', {
      explanation: 'The fix is small; the test comes first.',
      plan: [
        { step: 'Read the cart and its test', status: 'completed' },
        { step: 'Multiply by quantity', status: 'in_progress' },
        { step: 'Run the tests', status: 'pending' },
      ],
    }),
    output('call_plan', 'Plan updated'),
    says(1, 'I look at the cart and its test first.', 'commentary'),
    ...command(
      1,
      'call_9Xb2_12_3',
      'cat cart.mjs cart.test.mjs',
      'export function total(items) {\n  let sum = 0\n  for (const item of items) sum += item.price\n  return sum\n}\n',
    ),
    line('response_item', {
      type: 'custom_tool_call',
      name: 'apply_patch',
      input: '*** Begin Patch',
      call_id: 'call_9Xb2_12_6',
    }),
    item(
      1,
      { type: 'FileChange', id: 'call_9Xb2_12_6', changes, status: 'completed', stdout: '', stderr: '' },
      { started_at_ms: atMs, completed_at_ms: atMs + 120 },
    ),
    ...command(1, 'call_9Xb2_12_10', 'npm test -- --run', terminal, 1, 3400),
    ...command(
      1,
      'call_long',
      'find . -name "*.mjs" -newer package.json -not -path "./node_modules/*" | sort | head -5000',
      'src/a-file-with-a-name.mjs\n'.repeat(1500),
    ),
    says(1, reply),
    end(1),
    ...started(2),
    prompt(2, 'Now run everything.'),
    call('call_9Xb2_12_11', 'spawn_agent', { task_name: 'api', message: 'Check the API, and say what is slow.' }),
    item(2, {
      type: 'SubAgentActivity',
      id: 'call_9Xb2_12_11',
      kind: 'started',
      agent_thread_id: '01a1f848-9000-7000-8000-000000000001',
      agent_path: '/root/api',
      model: 'gpt-5.5-mini',
    }),
    line('response_item', {
      type: 'agent_message',
      author: '/root/api',
      recipient: '/root',
      content: [
        {
          type: 'input_text',
          text: 'Message Type: FINAL_ANSWER\nTask name: /root\nSender: /root/api\nPayload:\nThe health check takes **2 s**.',
        },
      ],
    }),
    call('call_docs', 'search', { query: 'vitest run flags' }),
    item(2, {
      type: 'McpToolCall',
      id: 'call_docs',
      server: 'docs',
      tool: 'search',
      arguments: { query: 'vitest run flags' },
      status: 'completed',
      result: { content: [{ type: 'text', text: '3 pages' }] },
      duration: { secs: 0, nanos: 44e6 },
    }),
    line('compacted', { message: 'The cart was repaired; the API is slow.', replacement_history: [] }),
    ...Array.from({ length: many }, (_, at) =>
      command(2, `call_many_${at}`, `node step-${at}.mjs`, `step ${at} done\n`),
    ).flat(),
    end(2, {
      error: {
        message: 'stream disconnected before completion: 429 Too Many Requests',
        codex_error_info: 'usage_limit_exceeded',
      },
    }),
    ...started(3),
    prompt(3, 'Commit it, please.'),
    ...command(
      3,
      'call_commit',
      'git commit -am "Multiply by quantity"',
      '[main 1f2e3d4] Multiply by quantity\n 2 files changed, 7 insertions(+), 1 deletion(-)\n',
    ),
    says(3, 'Committed as `1f2e3d4`.'),
  ]
  return lines.join('\n') + '\n'
}
