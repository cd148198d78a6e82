import type { CommandResults } from '../contract/commands.ts'
import { ownScreen, printLines } from './terminal.ts'
import type { Line } from './text/line.ts'
import type { Screen } from './text/screen.ts'

/** Prints what a command answers: as its published schema has it, or as `draw` shows it on this screen. */
export function answer<N extends keyof CommandResults>(
  name: N,
  value: CommandResults[N],
  json: boolean,
  draw: (value: CommandResults[N], screen: Screen) => readonly Line[],
): void {
  if (json) {
    process.stdout.write(jsonLine(name, value))
    return
  }
  const screen = ownScreen()
  printLines(draw(value, screen), screen)
}

/** One object on one line, as the published schema has it; in a locale without signs beyond ASCII these are escapes, and it is the same JSON. */
export function jsonLine<N extends keyof CommandResults>(
  _name: N,
  value: CommandResults[N],
  { unicode }: Pick<Screen, 'unicode'> = ownScreen(),
): string {
  const json = JSON.stringify(value)
  const escaped = (unit: string): string => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`
  return `${unicode ? json : json.replace(/[^\u0000-\u007e]/g, escaped)}\n`
}
