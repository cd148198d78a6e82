import { StringDecoder } from 'node:string_decoder'
import { visibleLines } from '../contract/visible.ts'
import { lineText, linesText, plain, withoutSigns, type Line } from './text/line.ts'
import { screenOf, type Screen } from './text/screen.ts'

type Write = (chunk: Uint8Array | string, ...rest: unknown[]) => boolean

/** How streams wrote before they were guarded. */
const raw = new Map<NodeJS.WriteStream, Write>()

function writeRaw(stream: NodeJS.WriteStream, text: string): void {
  const write = raw.get(stream) ?? (stream.write.bind(stream) as Write)
  write(text)
}

/**
 * What a command says is text, whoever writes it (commands, threads, packages) and whatever of others it repeats: none of it
 * reaches the terminal as a command, nor as signs that the locale does not have. What goes into a file or a program stays as it is.
 */
export function guardTerminal(): void {
  const screen = ownScreen()
  for (const stream of [process.stdout, process.stderr]) {
    const shown = guarded(stream === process.stderr || stream.isTTY, screen)
    const write = stream.write.bind(stream) as Write
    raw.set(stream, write)
    const decoder = new StringDecoder('utf8')
    stream.write = (chunk: Uint8Array | string, ...rest: unknown[]) =>
      write(shown(typeof chunk === 'string' ? chunk : decoder.write(Buffer.from(chunk))), ...rest)
  }
}

/** What a stream gets instead of a text. */
export function guarded(isForEyes: boolean, { unicode }: Pick<Screen, 'unicode'>): (text: string) => string {
  return unicode || !isForEyes ? visibleLines : (text) => withoutSigns(visibleLines(text))
}

/** A line in the place of the one before; null takes it away. */
export function showProgressLine(line: string | null): void {
  writeRaw(process.stderr, `\r\x1b[K${line === null ? '' : plain(line, ownScreen())}`)
}

export const ownScreen = (): Screen => screenOf(process.stdout, process.env)

/** Lines with their colours: all else in them has become text already. */
export function printLines(lines: readonly Line[], screen: Screen): void {
  writeRaw(process.stdout, linesText(lines, screen))
}

/** Lines in the place of as many before; null: the first ones. Gives back how many there are now. */
export function redrawLines(lines: readonly Line[], screen: Screen, before: number | null): number {
  const up = before === null || before === 0 ? '' : `\u001b[${String(before)}A`
  const text = lines.map((line) => `\u001b[2K${lineText(line, screen)}\n`).join('')
  writeRaw(process.stdout, `${up}${text}\u001b[J`)
  return lines.length
}
