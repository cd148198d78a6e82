import { execFile } from 'node:child_process'
import { app } from 'electron'
import { linkScheme } from './deep-link.ts'

/** As the Linux packages name it; Electron would name one after the program, which is nowhere. */
const desktopFile = 'app.colophon.Colophon.desktop'

/**
 * Makes the app the program of its links. On Linux a script of the desktop's does that, for which Electron would hold this thread, and
 * with it the receivers, for longer than all else takes that a start waits for.
 */
export function claimLinks(): void {
  // From its sources, the app would make the bare Electron the program of such links.
  if (!app.isPackaged) return
  if (process.platform !== 'linux') {
    app.setAsDefaultProtocolClient(linkScheme)
    return
  }
  // A desktop that has no such script has no links either.
  execFile('xdg-settings', ['set', 'default-url-scheme-handler', linkScheme, desktopFile], () => undefined)
}
