import { EventEmitter } from 'node:events'
import { BrowserWindow, ipcMain } from 'electron'
import type { IpcMainInvokeEvent, WebContents } from 'electron'
import type { Result } from '../contract/result.ts'
import type { Engine } from '../engine/engine.ts'
import { untilLeft } from '../engine/until-left.ts'
import { isPageUrl } from './page-origin.ts'

export type Dispatch = (name: unknown, params: unknown, sender: WebContents) => Promise<Result<unknown>>

const refused: Result<never> = { ok: false, error: { code: 'forbidden', message: 'This frame may not use Colophon.' } }

/** Connects the engine to the page for as long as the engine runs; it parses name and params. */
export function connectPage(engine: Pick<Engine, 'dispatch' | 'onChanged'>): void {
  const pages = new WeakMap<WebContents, EventEmitter>()
  answer('colophon:invoke', (name, params, sender) => {
    const page = pages.get(sender) ?? pageIn(sender)
    pages.set(sender, page)
    return untilLeft(page, engine, name, params)
  })
  engine.onChanged((changed) => {
    for (const { webContents } of BrowserWindow.getAllWindows()) {
      // To a page whose process is gone Electron sends in vain, and writes lines into the log each time.
      if (isPageUrl(webContents.getURL()) && !webContents.isCrashed()) webContents.send('colophon:changed', changed)
    }
  })
}

/** Says `close` whenever the page in a window goes: it is loaded anew, its window is closed or its process has ended. */
function pageIn(sender: WebContents): EventEmitter {
  // One listener for each of its questions that is not answered.
  const page = new EventEmitter().setMaxListeners(0)
  const close = (): void => void page.emit('close')
  sender.on('did-start-navigation', ({ isMainFrame, isSameDocument }) => {
    if (isMainFrame && !isSameDocument) close()
  })
  sender.on('render-process-gone', close)
  sender.once('destroyed', close)
  return page
}

/** The shell's own channel; its dispatch parses name and params as well. */
export function connectShell(dispatch: Dispatch): void {
  answer('colophon:shell', dispatch)
}

function answer(channel: string, dispatch: Dispatch): void {
  ipcMain.handle(channel, (event, name: unknown, params: unknown) =>
    isTrusted(event) ? dispatch(name, params, event.sender) : refused,
  )
}

/** Only the page itself: the main frame of a window, at the page's own origin. */
function isTrusted({ senderFrame, sender }: IpcMainInvokeEvent): boolean {
  return senderFrame !== null && senderFrame === sender.mainFrame && isPageUrl(senderFrame.url)
}
