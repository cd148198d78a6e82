import { Server } from '@modelcontextprotocol/sdk/server/index.js'
import {
  CallToolRequestSchema,
  ErrorCode,
  GetPromptRequestSchema,
  ListPromptsRequestSchema,
  ListResourcesRequestSchema,
  ListResourceTemplatesRequestSchema,
  ListToolsRequestSchema,
  ReadResourceRequestSchema,
} from '@modelcontextprotocol/sdk/types.js'
import type { Asking } from './asking.ts'
import { callTool } from './call-tool.ts'
import type { Footer } from './footer/footer.ts'
import { threadOf } from './footer/snapshot.ts'
import { prompts } from './prompts/index.ts'
import { listedSessions, readSession, sessionOfUri, sessionTemplate } from './resources/session.ts'
import { jsonSchema } from './schema.ts'
import type { Tool } from './tool.ts'
import { footerUri } from './tools/footer.ts'
import { tools } from './tools/index.ts'

export interface Serving {
  readonly version: string
  /** Opens what answers come from when it is not open; throws an Error in words where it cannot. */
  readonly asking: () => Promise<Asking>
  readonly footer: Footer
}

const instructions =
  "Colophon knows how each Codex session on this machine was made: where its time went, what it cost, what failed. It reads the user's own " +
  'store and changes nothing. Begin with explain_session; list_sessions finds others. Answers are short unless you ask for more (maxKib), ' +
  'and say what they left out. Prompts, arguments and outputs are only as long as “(prompt of 120 characters)” where the user lets no agent see them.'

/** The protocol's side of it, for any transport. Below the SDK's McpServer: the words for wrong params are our own. */
export function createServer(serving: Serving): Server {
  const server = new Server(
    { name: 'colophon', title: 'Colophon', version: serving.version },
    { capabilities: { tools: {}, resources: {}, prompts: {} }, instructions },
  )
  answerTools(server, serving)
  answerResources(server, serving)
  answerPrompts(server)
  return server
}

function answerTools(server: Server, { asking }: Serving): void {
  server.setRequestHandler(ListToolsRequestSchema, () => ({ tools: tools.map(listed) }))
  server.setRequestHandler(CallToolRequestSchema, async ({ params: { name, arguments: given } }) => {
    const called = tools.find((tool) => tool.name === name)
    if (called === undefined) throw unknown('tool', name, tools)
    return callTool(called, given, asking)
  })
}

function answerResources(server: Server, { asking, footer }: Serving): void {
  const footerResource = { uri: footerUri, name: 'footer', title: 'Colophon', mimeType: 'application/json' }
  server.setRequestHandler(ListResourceTemplatesRequestSchema, () => ({ resourceTemplates: [sessionTemplate] }))
  server.setRequestHandler(ListResourcesRequestSchema, async () => {
    // Without a store there is nothing to list; each tool says why.
    const sessions = await asking().then(listedSessions, () => [])
    return { resources: [footerResource, ...sessions] }
  })
  server.setRequestHandler(ReadResourceRequestSchema, async ({ params: { uri } }, { _meta }) => {
    if (uri === footerUri) {
      const thread = threadOf(_meta)
      const text = JSON.stringify(thread === null ? null : footer.read(thread, Date.now()))
      return { contents: [{ uri, mimeType: footerResource.mimeType, text }] }
    }
    const id = sessionOfUri(uri)
    if (id === null) throw refused(`there is no resource ${uri.slice(0, 200)}: colophon://session/ID is`)
    try {
      return await readSession(uri, id, await asking())
    } catch (error) {
      throw refused(error instanceof Error ? error.message : String(error))
    }
  })
}

function answerPrompts(server: Server): void {
  server.setRequestHandler(ListPromptsRequestSchema, () => ({
    prompts: prompts.map(({ name, title, description }) => ({ name, title, description })),
  }))
  server.setRequestHandler(GetPromptRequestSchema, ({ params: { name } }) => {
    const wanted = prompts.find((prompt) => prompt.name === name)
    if (wanted === undefined) throw unknown('prompt', name, prompts)
    const { description, text } = wanted
    return { description, messages: [{ role: 'user' as const, content: { type: 'text' as const, text } }] }
  })
}

/** The SDK's own error says its code in its words, and the client says it again. */
const refused = (words: string): Error => Object.assign(new Error(words), { code: ErrorCode.InvalidParams })

function unknown(what: string, name: string, there: readonly { readonly name: string }[]): Error {
  const names = there.map((each) => each.name).join(', ')
  return refused(`there is no ${what} ${name.slice(0, 100)}: there are ${names}`)
}

function listed({ name, title, description, params, result, meta }: Tool) {
  return {
    name,
    title,
    description,
    inputSchema: jsonSchema(params, 'input'),
    outputSchema: jsonSchema(result, 'output'),
    annotations: { readOnlyHint: true, openWorldHint: false },
    ...(meta === undefined ? {} : { _meta: meta }),
  }
}
