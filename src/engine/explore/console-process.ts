import type { Agents } from '../../contract/settings.ts'
import { avoidV8Fault } from '../v8-fault.ts'
import { openConsole, type Console } from './console.ts'

avoidV8Fault()

/** What the console's process is sent, and what it answers. */
export interface ConsoleRequest {
  readonly kind: 'run'
  readonly id: number
  readonly dataDir: string
  readonly sql: string
  readonly limit: number
  /** An agent asks, who may see so much; null: the page. */
  readonly agents: Agents | null
}

export type ConsoleReply = { readonly id: number } & (
  { readonly rows: ReturnType<Console['run']> } | { readonly error: string }
)

/** Electron's utility processes talk over `parentPort`, Node's over `process.send`. */
interface ParentPort {
  on(event: 'message', listener: (message: { readonly data: unknown }) => void): void
  postMessage(message: unknown): void
}

const port = (process as typeof process & { readonly parentPort?: ParentPort }).parentPort
let console: Console | null = null

function answer({ id, dataDir, sql, limit, agents }: ConsoleRequest): ConsoleReply {
  try {
    console ??= openConsole(dataDir, undefined, agents)
    return { id, rows: console.run(sql, limit) }
  } catch (error) {
    return { id, error: error instanceof Error ? error.message : String(error) }
  }
}

const ready = { kind: 'ready' }
if (port === undefined) {
  process.on('message', (request) => {
    process.send?.(answer(request as ConsoleRequest))
  })
  process.send?.(ready)
} else {
  port.on('message', ({ data }) => {
    port.postMessage(answer(data as ConsoleRequest))
  })
  port.postMessage(ready)
}
