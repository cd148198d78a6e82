import { BrowserWindow } from 'electron'
import { pageUrl } from './page-origin.ts'
import { backgroundColor } from './theme.ts'

export async function openWindow(preload: string): Promise<void> {
  const window = new BrowserWindow({
    width: 1440,
    height: 900,
    minWidth: 720,
    minHeight: 480,
    title: 'Colophon',
    backgroundColor: backgroundColor(),
    show: false,
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      spellcheck: false,
    },
  })
  window.once('ready-to-show', () => {
    window.show()
  })
  await window.loadURL(pageUrl)
}

/** Brings the window to the front, or opens one where all were closed. */
export async function showWindow(preload: string): Promise<void> {
  const window = BrowserWindow.getAllWindows()[0]
  if (window === undefined) return openWindow(preload)
  if (window.isMinimized()) window.restore()
  window.show()
  window.focus()
}
