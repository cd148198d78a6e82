import { existsSync, rmSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { app } from 'electron'
import { writeAutostart } from './autostart.ts'

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
  else if (openAtLogin) writeAutostart(autostartFile, command())
  else rmSync(autostartFile, { force: true })
}

/** Whether the system has started the app now, and nobody wants to see a window. */
export function isStartedAtLogin(argv: readonly string[]): boolean {
  return argv.includes(hiddenArgument) || (process.platform === 'darwin' && app.getLoginItemSettings().wasOpenedAtLogin)
}

/** An AppImage runs from a mount that is gone at the next start; outside a package the app's folder has to be named. */
function command(): readonly string[] {
  return [process.env.APPIMAGE ?? process.execPath, ...(app.isPackaged ? [] : [app.getAppPath()]), ...args]
}
