import type { CommandResults } from '../contract/commands.ts'
import { ownScreen, printLines } from './terminal.ts'
import type { Line } from './text/line.ts'
import type { Screen } from './text/screen.ts'

/** Prints what a command answers: as its published schema has it, or as `draw` shows it on this screen. */
export function answer<N extends keyof CommandResults>(
  _name: N,
  value: CommandResults[N],
  json: boolean,
  draw: (value: CommandResults[N], screen: Screen) => readonly Line[],
): void {
  if (json) {
    process.stdout.write(`${JSON.stringify(value)}\n`)
    return
  }
  const screen = ownScreen()
  printLines(draw(value, screen), screen)
}
