import { spawn, type ChildProcess } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { freePort } from '../free-port.ts'
import { nodeCommand } from '../node-command.ts'
import { emptyExport, untilTaken } from './first-request.ts'

/** The built headless host, as a user runs it. */
export interface Host {
  readonly otlpHttp: string
  /** The page, opened with its token. */
  readonly page: string
  /** From the start of its process to the first connection that it took; its ports are open before there is anybody to answer. */
  readonly takesAfterMs: number
  /** To the first request that it answered. */
  readonly answersAfterMs: number
  call(procedure: string, params: unknown): Promise<unknown>
  /** Resident memory now, in bytes. */
  residentBytes(): number
  /** SIGTERM; resolves with what its event loop was held for at most, in milliseconds. */
  stop(): Promise<number>
}

interface Announcement {
  readonly url: string
  readonly token: string
  readonly otlpHttp: string
}

export async function startHost(dataDir: string): Promise<Host> {
  const port = await freePort()
  const begun = performance.now()
  const child = spawn(
    ...nodeCommand(
      // The nursery as scripts/headless.mjs sets it.
      '--max-semi-space-size=2',
      ...[
        '--import',
        new URL('./loop-monitor.mjs', import.meta.url).href,
        'out/main/cli.js',
        'serve',
        '--json',
        '--no-open',
      ],
      ...['--port', '0', '--otlp-grpc-port', '0', '--otlp-http-port', String(port), '--data', dataDir],
    ),
    { stdio: ['ignore', 'pipe', 'pipe'] },
  )
  let errors = ''
  child.stderr.on('data', (chunk: Buffer) => {
    errors += chunk.toString()
  })
  const taking = untilTaken(port).then(() => performance.now() - begun)
  const first = await firstLine(child)
  const { url, token, otlpHttp } = JSON.parse(first) as Announcement
  const call = async (procedure: string, params: unknown): Promise<unknown> => {
    const response = await fetch(`${url}/api/${procedure}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(params),
    })
    const answer = (await response.json()) as { ok: boolean; value: unknown; error: unknown }
    if (!answer.ok) throw new Error(JSON.stringify(answer.error))
    return answer.value
  }
  await emptyExport(otlpHttp)
  return {
    otlpHttp,
    page: `${url}/#token=${token}`,
    takesAfterMs: await taking,
    answersAfterMs: performance.now() - begun,
    call,
    residentBytes: () => residentBytes(child.pid ?? 0),
    stop: () =>
      new Promise((done) => {
        child.on('exit', () => {
          done(Number(/held at most ([\d.]+) ms/.exec(errors)?.[1] ?? Number.NaN))
        })
        child.kill('SIGTERM')
      }),
  }
}

async function firstLine(child: ChildProcess): Promise<string> {
  if (child.stdout === null) throw new Error('no standard output')
  for await (const line of createInterface({ input: child.stdout })) return line
  throw new Error('the host ended before it listened')
}

function residentBytes(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? 0) * 1024
}
