import { dirname } from 'node:path'
import { makeFolder } from '../engine/make-folder.ts'
import { writeOwnFile } from '../engine/own-file.ts'

/** Whole or not at all, and never through what lies there: a pipe would hold the app, a link may lead to another's file. */
export function writeAutostart(file: string, command: readonly string[]): void {
  makeFolder(dirname(file))
  writeOwnFile(file, desktopEntry(command))
}

/** `%` begins a field of the desktop entry's own. */
function desktopEntry(command: readonly string[]): string {
  const quoted = command.map((word) => `"${word.replace(/["`$\\]/g, '\\$&').replaceAll('%', '%%')}"`).join(' ')
  return `[Desktop Entry]\nType=Application\nName=Colophon\nExec=${quoted}\nTerminal=false\n`
}
