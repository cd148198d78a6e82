import { StringDecoder } from 'node:string_decoder'
import { visible, visibleLines } from '../contract/visible.ts'

type Write = (chunk: Uint8Array | string, ...rest: unknown[]) => boolean

const rawError = process.stderr.write.bind(process.stderr) as Write

/**
 * What a command says is text, whoever writes it (commands, threads, packages) and whatever of others it repeats: none of it
 * reaches the terminal as a command.
 */
export function guardTerminal(): void {
  for (const stream of [process.stdout, process.stderr]) {
    const write = stream.write.bind(stream) as Write
    const decoder = new StringDecoder('utf8')
    stream.write = (chunk: Uint8Array | string, ...rest: unknown[]) =>
      write(visibleLines(typeof chunk === 'string' ? chunk : decoder.write(Buffer.from(chunk))), ...rest)
  }
}

/** A line in the place of the one before; null takes it away. */
export function showProgressLine(line: string | null): void {
  rawError(`\r\x1b[K${line === null ? '' : visible(line)}`)
}
