import { Server } from '@modelcontextprotocol/sdk/server/index.js'
import { CallToolRequestSchema, ErrorCode, ListToolsRequestSchema, McpError } from '@modelcontextprotocol/sdk/types.js'
import type { Asking } from './asking.ts'
import { callTool } from './call-tool.ts'
import { jsonSchema } from './schema.ts'
import type { Tool } from './tool.ts'
import { tools } from './tools/index.ts'

export interface Serving {
  readonly version: string
  /** Opens what answers come from when it is not open; throws an Error in words where it cannot. */
  readonly asking: () => Promise<Asking>
}

const instructions =
  "Colophon knows how each Codex session on this machine was made: where its time went, what it cost, what failed. It reads the user's own " +
  'store and changes nothing. Begin with explain_session; list_sessions finds others. Answers are short unless you ask for more (maxKib), ' +
  'and say what they left out. Prompts, arguments and outputs are only as long as “(prompt of 120 characters)” where the user lets no agent see them.'

/** The protocol's side of it, for any transport. Below the SDK's McpServer: the words for wrong params are our own. */
export function createServer({ version, asking }: Serving): Server {
  const server = new Server(
    { name: 'colophon', title: 'Colophon', version },
    { capabilities: { tools: {} }, instructions },
  )
  server.setRequestHandler(ListToolsRequestSchema, () => ({ tools: tools.map(listed) }))
  server.setRequestHandler(CallToolRequestSchema, async ({ params: { name, arguments: given } }) => {
    const called = tools.find((tool) => tool.name === name)
    if (called === undefined)
      throw new McpError(
        ErrorCode.InvalidParams,
        `there is no tool ${name.slice(0, 100)}: there are ${tools.map((tool) => tool.name).join(', ')}`,
      )
    return callTool(called, given, asking)
  })
  return server
}

function listed({ name, title, description, params, result }: Tool) {
  return {
    name,
    title,
    description,
    inputSchema: jsonSchema(params, 'input'),
    outputSchema: jsonSchema(result, 'output'),
    annotations: { readOnlyHint: true, openWorldHint: false },
  }
}
