import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { InMemoryTransport } from '@modelcontextprotocol/sdk/inMemory.js'
import { CallToolResultSchema } from '@modelcontextprotocol/sdk/types.js'
import { onTestFinished } from 'vitest'
import { createServer } from '../../../src/mcp/server.ts'
import { openStore } from '../../../src/mcp/store.ts'

export interface ClientUnderTest {
  readonly client: Client
  /** The structured answer, which the client has checked against the tool's own schema; throws where the tool failed. */
  readonly call: (name: string, params?: object) => Promise<Record<string, unknown>>
  /** What a call that failed said. */
  readonly failure: (name: string, params?: object) => Promise<string>
}

/** The SDK's own client at a server over this data folder, which it believes to run in `folder`. */
export async function connect(dataDir: string, folder = '/nowhere'): Promise<ClientUnderTest> {
  const store = openStore({ dataDir, folder, version: '0.0.0' })
  const server = createServer({ version: '0.0.0', asking: store.asking, footer: store.footer })
  const [clientSide, serverSide] = InMemoryTransport.createLinkedPair()
  const client = new Client({ name: 'test', version: '0.0.0' })
  await Promise.all([client.connect(clientSide), server.connect(serverSide)])
  onTestFinished(async () => {
    await client.close()
    await store.close()
  })
  // The client knows what a tool's answer must look like once it has listed them.
  await client.listTools()
  return withClient(client)
}

export function withClient(client: Client): ClientUnderTest {
  const raw = async (name: string, params: object) =>
    CallToolResultSchema.parse(await client.callTool({ name, arguments: { ...params } }))
  const textOf = ({ content }: Awaited<ReturnType<typeof raw>>): string =>
    content.map((each) => (each.type === 'text' ? each.text : '')).join('')
  return {
    client,
    call: async (name, params = {}) => {
      const result = await raw(name, params)
      if (result.isError === true || result.structuredContent === undefined) throw new Error(textOf(result))
      return result.structuredContent
    },
    failure: async (name, params = {}) => {
      const result = await raw(name, params)
      if (result.isError !== true) throw new Error(`it did not fail: ${textOf(result)}`)
      return textOf(result)
    },
  }
}
