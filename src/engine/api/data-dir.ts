import { join } from 'node:path'
import { homeFolder } from '../home-folder.ts'

/**
 * The platform's place for a user's application data, the same for both hosts: what the window shows, the command
 * line serves. Linux: the XDG Base Directory Specification; a relative `XDG_DATA_HOME` counts as unset, as it says.
 */
export function defaultDataDir(
  platform: NodeJS.Platform = process.platform,
  environment: NodeJS.ProcessEnv = process.env,
  home: string = homeFolder(),
): string {
  switch (platform) {
    case 'darwin':
      return join(home, 'Library', 'Application Support', 'Colophon')
    case 'win32':
      return join(environment.APPDATA ?? join(home, 'AppData', 'Roaming'), 'Colophon')
    default: {
      const xdg = environment.XDG_DATA_HOME
      return join(xdg?.startsWith('/') === true ? xdg : join(home, '.local', 'share'), 'colophon')
    }
  }
}
