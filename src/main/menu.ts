import { Menu } from 'electron'
import type { MenuItemConstructorOptions } from 'electron'

/** The platform's usual menus and shortcuts, without Electron's own Help links. */
export function setMenu(): void {
  const template: MenuItemConstructorOptions[] = [
    { role: 'fileMenu' },
    { role: 'editMenu' },
    { role: 'viewMenu' },
    { role: 'windowMenu' },
  ]
  if (process.platform === 'darwin') template.unshift({ role: 'appMenu' })
  Menu.setApplicationMenu(Menu.buildFromTemplate(template))
}
