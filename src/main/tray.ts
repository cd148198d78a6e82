import { app, Menu, Tray } from 'electron'
import type { Engine } from '../engine/engine.ts'
import type { Pause } from './pause.ts'
import { trayIcon } from './tray-icon.ts'
import { costWords, readTrayFigures, stateWords } from './tray-figures.ts'

/** A tray's menu cannot be asked for when it opens everywhere, so it follows what changes, this often at most. */
const everyMs = 5000

export interface TrayParts {
  readonly engine: Pick<Engine, 'dispatch' | 'onChanged'>
  readonly pause: Pause
  readonly show: (place?: string) => void
  /** How long it is an icon alone: what today cost is asked of a thread that may have to start for it. */
  readonly firstMs: number
}

/** The icon in the tray (the menu bar, on macOS): whether Colophon receives, what today cost, the last session. */
export function showTray({ engine, pause, show, firstMs }: TrayParts): void {
  const tray = new Tray(trayIcon(true))
  tray.setToolTip('Colophon')
  tray.on('click', () => {
    // Where a click opens the menu already, a window as well would be one too many.
    if (process.platform !== 'darwin') show()
  })
  let shown = ''
  let timer: NodeJS.Timeout | null = null
  let lastMs = -Infinity

  async function refresh(): Promise<void> {
    const figures = await readTrayFigures(engine, pause.isPaused(), new Date())
    const state = JSON.stringify(figures)
    // A menu that is replaced while it is open closes under the pointer.
    if (state === shown || tray.isDestroyed()) return
    shown = state
    const { last, paused, ports, trouble } = figures
    tray.setImage(trayIcon(ports.length > 0 && trouble === null))
    tray.setToolTip(`Colophon: ${stateWords(figures)}`)
    tray.setContextMenu(
      Menu.buildFromTemplate([
        { label: stateWords(figures), enabled: false },
        { label: costWords(figures), enabled: false },
        {
          label: last ? `Last: ${last.title}` : 'No session yet',
          enabled: last !== null,
          click: () => {
            if (last) show(`/sessions/${encodeURIComponent(last.id)}`)
          },
        },
        { type: 'separator' },
        {
          label: 'Open Colophon',
          click: () => {
            show()
          },
        },
        { label: paused ? 'Resume receiving' : 'Pause receiving', click: () => void pause.set(!paused) },
        { type: 'separator' },
        {
          label: 'Quit',
          click: () => {
            app.quit()
          },
        },
      ]),
    )
  }
  function refreshIn(delayMs: number): void {
    timer ??= setTimeout(() => {
      timer = null
      lastMs = Date.now()
      refresh().catch((error: unknown) => {
        console.error('colophon: the tray could not be brought up to date:', error)
      })
    }, delayMs)
  }
  engine.onChanged(() => {
    refreshIn(Math.max(0, lastMs + everyMs - Date.now()))
  })
  // Who has just chosen it wants to see it.
  pause.onChange(() => {
    if (timer !== null) clearTimeout(timer)
    timer = null
    refreshIn(0)
  })
  refreshIn(firstMs)
}
