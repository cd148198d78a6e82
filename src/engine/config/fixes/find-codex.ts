import { accessSync, constants, statSync } from 'node:fs'
import { delimiter, isAbsolute, join } from 'node:path'
import { homeFolder } from '../../home-folder.ts'

/** Where installers put it: an app that was not started from a terminal does not have the terminal's PATH. */
const usual = [
  ...['.local/bin', '.npm-global/bin', '.volta/bin', '.bun/bin', '.local/share/pnpm', 'Library/pnpm'].map((folder) =>
    join(homeFolder(), folder),
  ),
  ...['/opt/homebrew/bin', '/usr/local/bin', '/usr/bin'],
]

const fileName = process.platform === 'win32' ? 'codex.exe' : 'codex'

/** The user's own codex; null where there is none to be seen. A folder of PATH that is not absolute is anybody's. */
export function findCodex(
  environment: NodeJS.ProcessEnv = process.env,
  places: readonly string[] = usual,
): string | null {
  const folders = [...(environment.PATH ?? '').split(delimiter).filter(isAbsolute), ...places]
  return folders.map((folder) => join(folder, fileName)).find(isProgram) ?? null
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    return false
  }
}
