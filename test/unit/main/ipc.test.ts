import { expect, test, vi } from 'vitest'
import type { Engine } from '../../../src/engine/engine.ts'
import { connectPage } from '../../../src/main/ipc.ts'
import { pageUrl } from '../../../src/main/page-origin.ts'

const { windows } = vi.hoisted(() => ({ windows: [] as object[] }))
vi.mock('electron', () => ({
  app: { isPackaged: true },
  BrowserWindow: { getAllWindows: () => windows },
  ipcMain: { handle: () => undefined },
}))

test('what has changed is sent to pages that live: to one whose process is gone Electron would write a line into the log each time', () => {
  const page = (isCrashed: boolean) => ({ getURL: () => pageUrl, isCrashed: () => isCrashed, send: vi.fn() })
  const [alive, gone] = [page(false), page(true)]
  windows.push({ webContents: alive }, { webContents: gone })
  let tell: Parameters<Engine['onChanged']>[0] = () => undefined
  connectPage({
    dispatch: () => Promise.reject(new Error('nobody asks')),
    onChanged: (listener) => {
      tell = listener
      return () => undefined
    },
  })
  tell({} as Parameters<typeof tell>[0])
  expect(alive.send).toHaveBeenCalledOnce()
  expect(gone.send).not.toHaveBeenCalled()
})
