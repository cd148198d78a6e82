import { spawnSync } from 'node:child_process'
import { app } from 'electron'
import { avoidV8Fault } from '../engine/v8-fault.ts'
import { commandOf, headlessAgain, runCommand } from './command-line.ts'

avoidV8Fault()

/** Electron waits for this module, so whatever has to be said before it is ready is said in time. */
const command = commandOf(process.argv, app.isPackaged)
// A command may run until it is stopped, and Electron gets ready only behind this module.
if (command === null) await import('./app.ts')
else {
  const again = headlessAgain(process.argv, command, process.env)
  if (again === null) void runCommand(command)
  else process.exit(spawnSync(process.execPath, again, { stdio: 'inherit' }).status ?? 1)
}
