import { app, dialog } from 'electron'
import type { BrowserWindow } from 'electron'
import type { PageCommands } from './page-commands.ts'

/** A page that stops again so soon will not be helped by being loaded once more. */
const againMs = 60_000

/** A page that crashes is loaded again, once, and says so; the engine lives elsewhere and goes on meanwhile. */
export function reloadAfterCrash(window: BrowserWindow, commands: PageCommands): void {
  let lastMs = -Infinity
  window.webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
    if (reason === 'clean-exit') return
    console.error(`colophon: the page's process is gone: ${reason} (${String(exitCode)})`)
    const isAgain = Date.now() - lastMs < againMs
    lastMs = Date.now()
    if (isAgain) void askWhatNow(window)
    else {
      commands.send({
        kind: 'notice',
        words: 'This page stopped unexpectedly and was reloaded. Receiving went on meanwhile; nothing was lost.',
      })
      // Not inside the event: Chromium is still putting the process away.
      setImmediate(() => {
        if (!window.isDestroyed()) window.webContents.reload()
      })
    }
  })
}

async function askWhatNow(window: BrowserWindow): Promise<void> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'error',
    message: 'The page stopped again',
    detail: 'Receiving goes on. Reloading the page may help; the log is in the data folder, under “logs”.',
    buttons: ['Reload', 'Quit'],
    noLink: true,
  })
  if (response === 1) app.quit()
  else if (!window.isDestroyed()) window.webContents.reload()
}
