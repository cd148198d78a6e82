import { BrowserWindow, nativeTheme } from 'electron'
import { settings } from '../contract/settings.ts'
import type { Engine } from '../engine/engine.ts'
import type { Kept } from './kept-shell.ts'

/** The page's own `--bg`, so that a window shows no other colour before the page has painted. */
const background = { light: '#f7f6f3', dark: '#121314' } as const

export function backgroundColor(): string {
  return nativeTheme.shouldUseDarkColors ? background.dark : background.light
}

/**
 * Makes the window, its menus and `prefers-color-scheme` follow the setting, now and whenever it changes: as it was last, until the thread
 * that reads it has started, which takes as long as a page to load.
 */
export function followTheme(engine: Pick<Engine, 'dispatch' | 'onChanged'>, kept: Kept): void {
  const apply = async (): Promise<void> => {
    const result = await engine.dispatch('settings.read', {})
    if (!result.ok) return
    const { theme } = settings.parse(result.value)
    nativeTheme.themeSource = theme
    if (kept.read().theme !== theme) kept.change({ theme })
  }
  nativeTheme.themeSource = kept.read().theme
  nativeTheme.on('updated', () => {
    for (const window of BrowserWindow.getAllWindows()) window.setBackgroundColor(backgroundColor())
  })
  engine.onChanged(({ topics }) => {
    if (topics.includes('settings')) void apply()
  })
  void apply()
}
