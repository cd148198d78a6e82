import { v8Switches } from '../src/engine/v8-fault.ts'

/** What to give `spawn` first for a program of Node's: this Node, with the switches that every process of the project has. */
export const nodeCommand = (...args: string[]): [command: string, args: string[]] => [
  process.execPath,
  [...v8Switches, ...args],
]
