import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js'
import { openForWriting } from '../../src/engine/store/database.ts'
import { built } from '../built.ts'
import { nodeCommand } from '../node-command.ts'
import { writeBigSession } from './big-session.ts'
import { bareNodeStartMs } from './floors.ts'
import type { Figure } from './report.ts'
import { percentile } from './senders.ts'

const starts = 5
/** Enough that the first ones, while the program warms up, are a few of a hundred. */
const reads = 100
const turns = 72
/** Codex waits a second after each read: this is harder. */
const pauseMs = 250

/** How soon an agent that starts `colophon mcp` is answered, and Codex's footer while somebody writes, with a session of a million spans. */
export async function agentFigures(): Promise<Figure[]> {
  const dataDir = mkdtempSync(join(tmpdir(), 'colophon-bench-agents-'))
  try {
    const id = writeBigSession(dataDir, turns)
    const started: number[] = []
    for (let i = 0; i < starts; i++) {
      const begun = performance.now()
      const client = await connected(dataDir)
      await client.listTools()
      started.push(performance.now() - begun)
      await client.close()
    }
    const { times, pings } = await footerReads(dataDir, id)
    const node = await bareNodeStartMs()
    const sorted = (values: number[]): number[] => values.sort((a, b) => a - b)
    return [
      {
        name: 'colophon mcp has listed its tools after',
        value: percentile(sorted(started), 0.5),
        unit: 'ms',
        limit: 500,
        better: 'lower',
        beside: { name: 'start of Node', value: node, ratio: null },
      },
      {
        name: 'footer read, a million spans, p95',
        value: percentile(sorted(times), 0.95),
        unit: 'ms',
        limit: 5,
        better: 'lower',
        beside: { name: 'a ping of the same server, p95', value: percentile(sorted(pings), 0.95), ratio: null },
      },
    ]
  } finally {
    rmSync(dataDir, { recursive: true, force: true })
  }
}

async function connected(dataDir: string): Promise<Client> {
  const [command, args] = nodeCommand(built('main/cli.js'), 'mcp', '--data', dataDir)
  const client = new Client({ name: 'bench', version: '0.0.0' })
  await client.connect(new StdioClientTransport({ command, args }))
  return client
}

interface Reads {
  readonly times: number[]
  /** What the same server takes to say that it is there. */
  readonly pings: number[]
}

async function footerReads(dataDir: string, id: string): Promise<Reads> {
  const client = await connected(dataDir)
  const db = openForWriting(dataDir)
  const touch = db.prepare(
    "INSERT INTO setting (key, value) VALUES ('bench', ?) ON CONFLICT DO UPDATE SET value = excluded.value",
  )
  const thread = { id, usage: { context: { used_percentage: 40 }, total: { total_input_tokens: 1 } } }
  const _meta = { 'com.openai/codex-statusline-state': { thread } }
  const times: number[] = []
  const pings: number[] = []
  for (let i = 0; i < reads; i++) {
    // Each read finds a store that has changed, as while Codex works.
    touch.run(String(i))
    const begun = performance.now()
    await client.readResource({ uri: 'ui://colophon/footer', _meta })
    times.push(performance.now() - begun)
    await pause()
    const asked = performance.now()
    await client.ping()
    pings.push(performance.now() - asked)
  }
  db.close()
  await client.close()
  return { times, pings }
}

const pause = (): Promise<void> => new Promise((done) => setTimeout(done, pauseMs))
