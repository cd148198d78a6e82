import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gunzipSync, zstdDecompressSync } from 'node:zlib'
import { onTestFinished } from 'vitest'
import { z } from 'zod'

const request = z.object({
  input: z.array(z.looseObject({ type: z.string().optional() })),
  reasoning: z.looseObject({ effort: z.string().optional() }).nullish(),
})

/** What a stand-in of the Responses API says next: it calls a tool (of an MCP server where a namespace is told), or ends the turn. */
export type Step =
  | { readonly call: string; readonly namespace?: string; readonly args: object }
  | { readonly say: string; readonly reasoningTokens?: number }

export interface ScriptedModel {
  readonly url: string
  /** What tools gave, as Codex sent it to the model, in order. */
  readonly outputs: readonly string[]
  /** The effort that each request asked for. */
  readonly efforts: readonly (string | null)[]
}

/** The TUI has a title made of the first prompt, in a thread of its own. */
const asksForTitle = 'Generate a concise, single-line task title'

/** Answers each request of Codex with the step that follows from what tools gave so far. */
export async function scriptedModel(next: (outputs: readonly string[]) => Step): Promise<ScriptedModel> {
  const outputs: string[] = []
  const efforts: (string | null)[] = []
  let asked = 0
  const server = createServer((incoming, answer) => {
    void readBody(incoming).then((body) => {
      if (!incoming.url?.endsWith('/responses')) return answer.writeHead(404).end('{}')
      const { input, reasoning } = request.parse(JSON.parse(body.toString()))
      efforts.push(reasoning?.effort ?? null)
      const isTitle = JSON.stringify(input.at(-1)).includes(asksForTitle)
      // Each request holds the whole conversation.
      const given = input.filter(({ type }) => type === 'function_call_output').slice(outputs.length)
      for (const { output } of given) outputs.push(typeof output === 'string' ? output : JSON.stringify(output))
      answer.writeHead(200, { 'content-type': 'text/event-stream' })
      answer.end(eventsOf(isTitle ? { say: '{"title":"A title"}' } : next(outputs), asked))
      asked++
    })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return { url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/v1`, outputs, efforts }
}

function eventsOf(step: Step, asked: number): string {
  const id = `resp_${String(asked)}`
  const item =
    'say' in step
      ? { type: 'message', id: `m_${id}`, role: 'assistant', content: [{ type: 'output_text', text: step.say }] }
      : {
          type: 'function_call',
          id: `f_${id}`,
          call_id: `c_${id}`,
          name: step.call,
          namespace: step.namespace,
          arguments: JSON.stringify(step.args),
        }
  const reasoning = ('say' in step ? step.reasoningTokens : undefined) ?? 0
  const usage = {
    ...{ input_tokens: 900, output_tokens: 20 + reasoning, total_tokens: 920 + reasoning },
    output_tokens_details: { reasoning_tokens: reasoning },
  }
  const events: [string, object][] = [
    ['response.created', { response: { id, status: 'in_progress' } }],
    ['response.output_item.added', { output_index: 0, item }],
    ['response.output_item.done', { output_index: 0, item }],
    ['response.completed', { response: { id, status: 'completed', usage } }],
  ]
  return events.map(([type, data]) => `event: ${type}\ndata: ${JSON.stringify({ type, ...data })}\n\n`).join('')
}

async function readBody(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(chunk as Buffer)
  const raw = Buffer.concat(chunks)
  const encoding = incoming.headers['content-encoding']
  return encoding === 'gzip' ? gunzipSync(raw) : encoding === 'zstd' ? zstdDecompressSync(raw) : raw
}
