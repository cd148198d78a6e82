import { app, BrowserWindow, dialog, screen } from 'electron'
import { pagePlace } from '../contract/shell.ts'
import type { Kept } from './kept-shell.ts'
import type { PageCommands } from './page-commands.ts'
import { pageUrl } from './page-origin.ts'
import { reloadAfterCrash } from './page-crash.ts'
import { backgroundColor } from './theme.ts'
import { leastSize, openingBounds } from './window-place.ts'

export interface WindowParts {
  readonly preload: string
  readonly kept: Kept
  readonly commands: PageCommands
  /** The app ends, so nothing is asked and nothing opens. */
  readonly isQuitting: () => boolean
}

/** The one window of the app. */
export interface MainWindow {
  readonly current: () => BrowserWindow | null
  /** Brings it to the front, or opens it; at a place of the page where one is given. */
  readonly show: (place?: string | null) => Promise<void>
}

export function mainWindow(parts: WindowParts): MainWindow {
  let window: BrowserWindow | null = null
  async function show(place: string | null = null): Promise<void> {
    if (parts.isQuitting()) return
    if (window === null) {
      window = open(parts)
      window.once('closed', () => (window = null))
      await window.loadURL(`${pageUrl}#${place ?? parts.kept.read().place ?? '/'}`)
      return
    }
    if (place !== null) parts.commands.send({ kind: 'go', place })
    if (window.isMinimized()) window.restore()
    window.show()
    window.focus()
  }
  return { current: () => window, show }
}

function open(parts: WindowParts): BrowserWindow {
  const { kept, commands, preload } = parts
  const last = kept.read().window
  const workAreas = screen.getAllDisplays().map(({ workArea }) => workArea)
  const window = new BrowserWindow({
    ...openingBounds(last, workAreas),
    ...leastSize,
    title: 'Colophon',
    backgroundColor: backgroundColor(),
    show: false,
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
    },
  })
  if (last?.maximized === true) window.maximize()
  window.once('ready-to-show', () => {
    window.show()
  })
  commands.follow(window.webContents)
  reloadAfterCrash(window, commands)
  remember(window, kept)
  askBeforeClosing(window, parts)
  return window
}

function remember(window: BrowserWindow, kept: Kept): void {
  const keepBounds = (): void => {
    if (!window.isMinimized()) kept.change({ window: { ...window.getNormalBounds(), maximized: window.isMaximized() } })
  }
  window.on('resize', keepBounds)
  window.on('move', keepBounds)
  window.on('close', keepBounds)
  window.webContents.on('did-navigate-in-page', (_event, url, isMainFrame) => {
    const place = pagePlace.safeParse(new URL(url).hash.slice(1))
    if (isMainFrame && place.success) kept.change({ place: place.data })
  })
}

/** Whether receiving goes on without a window is asked once; macOS has a rule of its own, which apps there follow. */
function askBeforeClosing(window: BrowserWindow, { kept, isQuitting }: WindowParts): void {
  window.on('close', (event) => {
    if (process.platform === 'darwin' || isQuitting() || kept.read().closeToTray !== null) return
    event.preventDefault()
    void ask(window).then((answer) => {
      if (answer === 'stay') return
      kept.change({ closeToTray: answer === 'receive' })
      if (answer === 'receive') window.close()
      else app.quit()
    })
  })
}

const answers = ['receive', 'quit', 'stay'] as const

async function ask(window: BrowserWindow): Promise<(typeof answers)[number]> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'question',
    message: 'Keep receiving when the window is closed?',
    detail:
      'What Codex sends while Colophon is not running is lost: Codex never sends it again. Colophon can stay in the tray; start it again, or use the tray, to see the window. You can change this in Settings.',
    buttons: ['Keep receiving', 'Quit', 'Cancel'],
    defaultId: 0,
    cancelId: 2,
    noLink: true,
  })
  return answers[response] ?? 'stay'
}
