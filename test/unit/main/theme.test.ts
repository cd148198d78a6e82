import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { defaultSettings } from '../../../src/contract/settings.ts'
import type { Engine } from '../../../src/engine/engine.ts'
import { keepShell } from '../../../src/main/kept-shell.ts'
import { backgroundColor, followTheme } from '../../../src/main/theme.ts'

const { nativeTheme } = vi.hoisted(() => ({
  nativeTheme: {
    themeSource: 'system',
    on: () => undefined,
    get shouldUseDarkColors() {
      return this.themeSource === 'dark'
    },
  },
}))
vi.mock('electron', () => ({ nativeTheme, BrowserWindow: { getAllWindows: () => [] } }))

type Dispatch = Engine['dispatch']
const answering: Dispatch = () => Promise.resolve({ ok: true, value: { ...defaultSettings, theme: 'dark' } } as never)
const neverAnswering: Dispatch = () => new Promise(() => undefined)

test('a window is made in the theme and size that were last, before anything has answered what they are', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'colophon-theme-'))
  onTestFinished(() => {
    rmSync(dataDir, { recursive: true })
  })
  const window = { x: 40, y: 60, width: 1000, height: 640, maximized: false }
  const start = (dispatch: Dispatch) => {
    nativeTheme.themeSource = 'system'
    const kept = keepShell(dataDir)
    followTheme({ dispatch, onChanged: () => () => undefined }, kept)
    return kept
  }
  const first = start(answering)
  await vi.waitFor(() => {
    expect(first.read().theme).toBe('dark')
  })
  first.change({ window })
  first.flush()

  const next = start(neverAnswering)
  expect(nativeTheme.themeSource).toBe('dark')
  expect(backgroundColor()).toBe('#121314')
  expect(next.read().window).toEqual(window)
})
