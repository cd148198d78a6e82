import type { CommandHost } from './command-host.ts'
import type { McpOptions } from './options/mcp.ts'
import { untilSignal } from './stop.ts'

/** Answers one agent, which has started this process, until it goes away. */
export async function mcp({ dataDir }: McpOptions, host: CommandHost & { readonly version: string }): Promise<void> {
  const stopped = (host.untilStopped ?? untilSignal)()
  // No other command pays for the protocol's package.
  const { serveStdio } = await import('../mcp/serve-stdio.ts')
  const { openStore } = await import('../mcp/store.ts')
  const store = openStore({
    dataDir,
    version: host.version,
    folder: process.cwd(),
    startProcess: host.startProcess,
  })
  try {
    await serveStdio({ version: host.version, asking: store.asking, footer: store.footer }, stopped)
  } finally {
    await store.close()
  }
}
