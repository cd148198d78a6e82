import { Writable } from 'node:stream'
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js'
import { createServer, type Serving } from './server.ts'

/** Answers on standard input and output until whoever asks has gone, or `stopped`. Nothing but the protocol is written there. */
export async function serveStdio(serving: Serving, stopped: Promise<void>): Promise<void> {
  const server = createServer(serving)
  const gone = new Promise<void>((resolve) => {
    process.stdin.once('end', resolve)
    process.stdin.once('close', resolve)
    process.stdout.once('error', () => {
      resolve()
    })
  })
  await server.connect(new StdioServerTransport(process.stdin, takeOutput()))
  await Promise.race([gone, stopped])
  await server.close()
  process.stdin.destroy()
}

/** Standard output for the protocol alone: what anything else says there goes to standard error. */
function takeOutput(): Writable {
  const write = process.stdout.write.bind(process.stdout)
  process.stdout.write = process.stderr.write.bind(process.stderr)
  return new Writable({
    decodeStrings: false,
    write: (chunk: string, _encoding, done) => {
      write(chunk, (error) => {
        done(error ?? null)
      })
    },
  })
}
