import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { app } from 'electron'

/** Started like this, the app receives and shows no window. */
export const hiddenArgument = '--hidden'

/** Linux: the XDG Autostart specification; Electron knows login items of the other systems only. */
const autostartFile = join(
  process.env.XDG_CONFIG_HOME?.startsWith('/') === true ? process.env.XDG_CONFIG_HOME : join(homedir(), '.config'),
  'autostart',
  'colophon.desktop',
)

const args = [hiddenArgument]

export function opensAtLogin(): boolean {
  return process.platform === 'linux' ? existsSync(autostartFile) : app.getLoginItemSettings({ args }).openAtLogin
}

export function setOpenAtLogin(openAtLogin: boolean): void {
  if (process.platform !== 'linux') app.setLoginItemSettings({ openAtLogin, args })
  else if (openAtLogin) {
    mkdirSync(dirname(autostartFile), { recursive: true })
    writeFileSync(autostartFile, desktopEntry())
  } else rmSync(autostartFile, { force: true })
}

/** Whether the system has started the app now, and nobody wants to see a window. */
export function isStartedAtLogin(argv: readonly string[]): boolean {
  return argv.includes(hiddenArgument) || (process.platform === 'darwin' && app.getLoginItemSettings().wasOpenedAtLogin)
}

function desktopEntry(): string {
  // An AppImage runs from a mount that is gone at the next start; outside a package the app's folder has to be named.
  const command = [process.env.APPIMAGE ?? process.execPath, ...(app.isPackaged ? [] : [app.getAppPath()]), ...args]
  const quoted = command.map((word) => `"${word.replace(/["`$\\]/g, '\\$&')}"`).join(' ')
  return `[Desktop Entry]\nType=Application\nName=Colophon\nExec=${quoted}\nTerminal=false\n`
}
