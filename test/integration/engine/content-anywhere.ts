/** What stands for content in the tests: nothing that is left out may hold it. */
export const marked = 'sesame-of-the-content'

/** Attributes of producers that are known, and such as an unknown one would choose. */
export const contentNames: readonly string[] = [
  ...['gen_ai.input.messages', 'gen_ai.output.messages', 'gen_ai.system_instructions', 'gen_ai.tool.call.arguments'],
  ...[
    'gen_ai.tool.call.result',
    'gen_ai.prompt.0.content',
    'gen_ai.completion.1.function_call.arguments',
    'gen_ai.prompt',
  ],
  ...[
    'gen_ai.completion',
    'gen_ai.task.input',
    'gen_ai.task.output',
    'traceloop.entity.input',
    'traceloop.entity.output',
  ],
  ...['input.value', 'output.value', 'llm.input_messages.0.message.content', 'embedding.embeddings.0.embedding.text'],
  ...[
    'llm.output_messages.0.message.tool_calls.0.tool_call.function.arguments',
    'llm.openai.messages',
    'llm.None.input',
  ],
  ...[
    'llm.anthropic.content',
    'llm.openai.choices',
    'pydantic_ai.all_messages',
    'final_result',
    'ai.prompt',
    'ai.values',
  ],
  ...['ai.prompt.messages', 'ai.response.text', 'ai.response.toolCalls', 'ai.toolCall.args', 'ai.toolCall.result'],
  ...['user_prompt', 'full_command', 'bash_command', 'tool_input', 'tool_parameters', 'request_text', 'response_text'],
  ...['function_args', 'process.command_args', 'prompt', 'response', 'arguments', 'output', 'content', 'lk.chat_ctx'],
  ...['acme.prompt', 'acme.completion', 'acme.messages', 'acme.content', 'acme.arguments', 'acme.result', 'acme.text'],
  ...[
    'acme.userInput',
    'acme.answer',
    'bot.tool.output',
    'rag.documents.2.text',
    'my_llm.system-prompt',
    'step.thinking',
  ],
]

const text = (stringValue: string): object => ({ stringValue })

/** The ways in which a value may hold the content. */
export const contentValues: readonly object[] = [
  text(marked),
  text(`x\n${marked} @ \u{1F511}`),
  text(JSON.stringify([{ role: 'user', parts: [{ content: marked }] }])),
  text(`[{'role': 'user', 'content': '${marked}`),
  { bytesValue: Buffer.from(marked).toString('base64') },
  { arrayValue: { values: [text('a'), { arrayValue: { values: [text(marked)] } }] } },
  { kvlistValue: { values: [{ key: 'anything', value: text(marked) }] } },
]

/** The ways in which an attribute may lie inside of another. */
export const surroundings: readonly ((key: string, value: object) => object)[] = [
  (key, value) => ({ key, value }),
  (key, value) => ({ key: 'outer', value: { kvlistValue: { values: [{ key, value }] } } }),
  (key, value) => ({
    key: 'outer',
    value: { arrayValue: { values: [{ kvlistValue: { values: [{ key, value }] } }] } },
  }),
  (key) => ({ key: 'outer', value: text(JSON.stringify({ a: [{ [key]: marked }] })) }),
  (key) => ({ key: 'outer', value: text(JSON.stringify({ a: JSON.stringify({ [key]: { b: marked } }) })) }),
  (key) => ({ key: 'outer', value: text(`{'a': {'${key}': '${marked}`) }),
]

const ids = { traceId: '5b8efff798038103d269b633813fc60c', spanId: 'eee19b7ec3c1b174' }
const times = { startTimeUnixNano: '1770000000000000000', endTimeUnixNano: '1770000001000000000' }

interface Sent {
  readonly signal: 'traces' | 'logs' | 'metrics'
  readonly request: object
}

/** The places of a request where attributes stand, with these in it. */
export const places: Readonly<Record<string, (attributes: readonly object[]) => Sent>> = {
  span: (attributes) => traces({ attributes }),
  'span event': (attributes) => traces({ events: [{ name: 'e', attributes }] }),
  'span link': (attributes) => traces({ links: [{ ...ids, attributes }] }),
  resource: (attributes) => traces({}, { resource: { attributes } }),
  scope: (attributes) => traces({}, {}, { scope: { name: 's', attributes } }),
  log: (attributes) => logs({ attributes }),
  'log body': (attributes) => logs({ body: { kvlistValue: { values: attributes } } }),
  exemplar: (filteredAttributes) => ({
    signal: 'metrics',
    request: {
      resourceMetrics: [
        {
          scopeMetrics: [
            { metrics: [{ name: 'm', gauge: { dataPoints: [{ exemplars: [{ filteredAttributes }] }] } }] },
          ],
        },
      ],
    },
  }),
}

function traces(span: object, group: object = {}, scope: object = {}): Sent {
  const spans = [{ ...ids, ...times, name: 'chat', ...span }]
  return { signal: 'traces', request: { resourceSpans: [{ ...group, scopeSpans: [{ ...scope, spans }] }] } }
}

function logs(record: object): Sent {
  const logRecords = [{ observedTimeUnixNano: times.startTimeUnixNano, ...record }]
  return { signal: 'logs', request: { resourceLogs: [{ scopeLogs: [{ logRecords }] }] } }
}
