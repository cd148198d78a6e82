import { EventEmitter } from 'node:events'
import { expect, test, vi } from 'vitest'
import type { Engine } from '../../../src/engine/engine.ts'
import { connectPage } from '../../../src/main/ipc.ts'
import { pageUrl } from '../../../src/main/page-origin.ts'

type Invoked = (event: object, name: string, params: object) => Promise<unknown>
const { windows, handlers } = vi.hoisted(() => ({ windows: [] as object[], handlers: new Map<string, Invoked>() }))
vi.mock('electron', () => ({
  app: { isPackaged: true },
  BrowserWindow: { getAllWindows: () => windows },
  ipcMain: { handle: (channel: string, handler: Invoked) => handlers.set(channel, handler) },
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

test.each([
  ['is loaded anew', 'did-start-navigation', { isMainFrame: true, isSameDocument: false }],
  ['loses its process', 'render-process-gone', undefined],
  ['is closed', 'destroyed', undefined],
])(
  'what a page has asked of a team is given up when it %s, and not when it was answered',
  async (_, event, details) => {
    const asked: [name: unknown, params: unknown][] = []
    const answers: (() => void)[] = []
    connectPage({
      dispatch: (name, params) => {
        asked.push([name, params])
        return new Promise((done) => {
          answers.push(() => {
            done({ ok: true, value: {} })
          })
        })
      },
      onChanged: () => () => undefined,
    })
    const mainFrame = { url: pageUrl }
    const sender = Object.assign(new EventEmitter(), { mainFrame })
    const invoke = (params: object): unknown =>
      handlers.get('colophon:invoke')?.({ sender, senderFrame: mainFrame }, 'session.list', params)

    const answered = invoke({ source: 'team', asked: 'answered' })
    answers[0]?.()
    await answered
    void invoke({})
    void invoke({ source: 'team', asked: 'waits' })
    sender.emit('did-start-navigation', { isMainFrame: true, isSameDocument: true })
    sender.emit('did-start-navigation', { isMainFrame: false, isSameDocument: false })
    expect(asked).toHaveLength(3)
    sender.emit(event, details)
    expect(asked.slice(3)).toEqual([['team.stop', { asked: ['waits'] }]])
  },
)
