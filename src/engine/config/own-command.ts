import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { StartedBy } from '../../model/config/agent-server.ts'

/** What the packaged app is given beside a command on Linux: it shows nothing, and needs no display (resources/linux/colophon). */
const withoutDisplay = [
  '--no-sandbox',
  '--ozone-platform=headless',
  '--in-process-gpu',
  '--disable-gpu',
  '--log-level=3',
]

/** How another program starts `colophon mcp` of this very Colophon, over the same data: from anywhere, so all of it is absolute. */
export function ownCommand(dataDir: string): StartedBy {
  const asked = ['mcp', '--data', resolve(dataDir)]
  const { versions, env, execPath } = process
  // An AppImage runs from a folder that is gone when it ends.
  const isPackaged = versions.electron !== undefined && !('defaultApp' in process)
  if (isPackaged)
    return {
      command: env.APPIMAGE ?? execPath,
      args: [...(process.platform === 'linux' ? withoutDisplay : []), ...asked],
    }
  // From the sources: the build that npm makes. In a window of Electron's, Node is the one beside it.
  const root = packageDir()
  const node = versions.electron === undefined ? execPath : nodeOf(root)
  return { command: node, args: [join(root, 'out', 'main', 'cli.js'), ...asked] }
}

/** `src/engine/config` lies one folder deeper than `out/main`. */
function packageDir(): string {
  const here = import.meta.dirname
  return resolve(here, import.meta.url.endsWith('.ts') ? '../../..' : '../..')
}

function nodeOf(root: string): string {
  const own = join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
  return existsSync(own) ? own : 'node'
}
