import { app, Menu } from 'electron'
import type { MenuItemConstructorOptions } from 'electron'
import type { ShellCommand } from '../contract/shell.ts'

type Item = MenuItemConstructorOptions

const isMac = process.platform === 'darwin'
const line: Item = { type: 'separator' }

const views = [
  ['Overview', '/overview'],
  ['Sessions', '/sessions'],
  ['Explore', '/explore'],
  ['Batches', '/batches'],
  ['GenAI apps', '/genai'],
  ['Configure', '/configure'],
  ['Health', '/health'],
] as const

/** The platform's usual menus and shortcuts, without Electron's own Help links. `tell` brings the window up and tells its page. */
export function setMenu(tell: (command: ShellCommand) => void, revealDataFolder: () => void): void {
  const does = (label: string, command: ShellCommand, accelerator?: string): Item => ({
    label,
    ...(accelerator === undefined ? {} : { accelerator }),
    click: () => {
      tell(command)
    },
  })
  const settings = does('Settings…', { kind: 'go', place: '/settings' }, 'CmdOrCtrl+,')
  const about = does('About Colophon', { kind: 'open', what: 'about' })

  const appMenu: Item = {
    label: app.name,
    submenu: [
      about,
      line,
      settings,
      line,
      { role: 'services' },
      line,
      { role: 'hide' },
      { role: 'hideOthers' },
      { role: 'unhide' },
      line,
      { role: 'quit' },
    ],
  }
  const file: Item = {
    label: '&File',
    submenu: [
      does('Import…', { kind: 'open', what: 'import' }, 'CmdOrCtrl+O'),
      does('Export session…', { kind: 'key', key: 'x' }, 'CmdOrCtrl+E'),
      line,
      { label: 'Show data folder', click: revealDataFolder },
      ...(isMac ? [] : [line, settings]),
      line,
      { role: 'close' },
      ...(isMac ? [] : [{ role: 'quit' } as const]),
    ],
  }
  const edit: Item = {
    label: '&Edit',
    submenu: [
      { role: 'undo' },
      { role: 'redo' },
      line,
      { role: 'cut' },
      { role: 'copy' },
      { role: 'paste' },
      { role: 'selectAll' },
      line,
      does('Find', { kind: 'key', key: '/' }, 'CmdOrCtrl+F'),
    ],
  }
  const view: Item = {
    label: '&View',
    submenu: [
      { role: 'reload' },
      line,
      { role: 'resetZoom' },
      { role: 'zoomIn' },
      { role: 'zoomOut' },
      line,
      { role: 'togglefullscreen' },
      { role: 'toggleDevTools' },
    ],
  }
  const go: Item = {
    label: '&Go',
    submenu: [
      does('Go to…', { kind: 'open', what: 'palette' }, 'CmdOrCtrl+K'),
      does('Search everything', { kind: 'go', place: '/search' }, 'CmdOrCtrl+Shift+F'),
      line,
      ...views.map(([label, place], index) => does(label, { kind: 'go', place }, `CmdOrCtrl+${String(index + 1)}`)),
    ],
  }
  const help: Item = {
    label: '&Help',
    role: 'help',
    submenu: [
      does('Keys', { kind: 'open', what: 'keys' }),
      line,
      does('Check for updates…', { kind: 'update' }),
      ...(isMac ? [] : [about]),
    ],
  }
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([...(isMac ? [appMenu] : []), file, edit, view, go, { role: 'windowMenu' }, help]),
  )
}
